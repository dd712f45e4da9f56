"""The service in a browser: pages made on the server, which know of the product only what the API tells them."""
