"""Why each project is in or out, what would change that, and what each limit costs."""
