"""Whatever can be asked for has someone who may ask, a command that does it, and an example that shows how."""

from domain.placement import Placement
from workflows.catalogue import COMMANDS
from workflows.examples import EXAMPLES
from workflows.permissions import WHO_MAY
from workflows.placement_moves import PLACEMENT


def test_every_move_has_a_command() -> None:
    assert [name for name in PLACEMENT.rows if COMMANDS[name].target is not Placement] == []


def test_every_command_has_someone_who_may_give_it_and_no_one_may_give_what_there_is_not() -> None:
    assert set(WHO_MAY) == set(COMMANDS)


def test_every_command_has_an_example_and_every_example_a_command() -> None:
    assert set(EXAMPLES) == set(COMMANDS)


def test_every_example_is_a_good_request() -> None:
    for name, body in EXAMPLES.items():
        assert COMMANDS[name].model_validate(body).name() == name


def test_names_of_commands_are_unique() -> None:
    assert sorted(kind.__name__ for kind in COMMANDS.values()) == sorted(
        {kind.__name__ for kind in COMMANDS.values()}
    )
