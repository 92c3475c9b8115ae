"""Priority lists: by value for money, nested by budget, and compared with the optimum."""
