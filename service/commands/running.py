"""Starting the service: all of it at once, or one part of it at a time, as on a council's servers.

What a command needs is loaded inside it, so that each starts as fast as it can.
"""

from service.commands.options import Data, Demo, Dsn, Host, Port


def serve(
    dsn: Dsn = None, data: Data = None, host: Host = None, port: Port = None, demo: Demo = False
) -> None:
    """Start everything: database, API and worker. Ctrl-C stops it."""
    from service.child import Child

    with Child("api") as api:  # loads its code while we read the settings and start the database
        from service.serve import serve as run
        from service.settings import read_settings

        run(api, read_settings(database_url=dsn, data=data, host=host, port=port, demo=demo or None))


def api(dsn: Dsn = None, data: Data = None, host: Host = None, port: Port = None) -> None:
    """Answer requests, and nothing else; for a database that `setup` has prepared."""
    from service.api_process import ApiProcess
    from service.listening import listen
    from service.logging_setup import set_up_logging
    from service.running_database import running_database
    from service.settings import read_settings
    from service.wiring import build_api

    settings = read_settings(database_url=dsn, data=data, host=host, port=port)
    set_up_logging(settings.log_level)
    with listen(settings.host, settings.port) as listening, running_database(settings) as settings:
        ApiProcess(build_api(settings), settings).run(listening)


def work(dsn: Dsn = None, data: Data = None) -> None:
    """Do what happens by itself, and nothing else; any number of workers may run, and one leads in each job."""
    import threading

    from service.logging_setup import set_up_logging
    from service.running_database import running_database
    from service.settings import read_settings
    from service.worker_process import run_until_stopped

    settings = read_settings(database_url=dsn, data=data)
    set_up_logging(settings.log_level)
    with running_database(settings) as settings:
        run_until_stopped(settings, threading.Event(), lambda sentence: print(sentence, flush=True))


def setup(dsn: Dsn = None, data: Data = None, demo: Demo = False) -> None:
    """Prepare the database, and do nothing to one that is up to date."""
    from service.logging_setup import set_up_logging
    from service.running_database import running_database
    from service.settings import read_settings
    from service.wiring import fill_with_demo, prepare_database, publish_guidance

    settings = read_settings(database_url=dsn, data=data, demo=demo or None)
    set_up_logging(settings.log_level)
    with running_database(settings, may_be_new=True) as settings:
        prepare_database(settings)
        if settings.demo:
            fill_with_demo(settings)
        publish_guidance(settings)
