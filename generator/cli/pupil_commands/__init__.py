"""Commands about one pupil or several by name: begin, check, build, forms, bundle, give out, send on, forget."""
