mail-greeting = Hello, { $name }!
