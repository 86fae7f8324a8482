# Promises: when teams work, what is promised to whom.

sla-calendars = Working hours
sla-calendars-text = A promise of eight hours means eight hours of work. Each team can have a calendar of its own; all others go by the default one.
sla-calendar = Calendar
sla-calendar-add = Add a calendar
sla-calendar-name = Name
sla-calendar-name-hint = such as "Contact centre, two shifts"
sla-calendar-teams = Used by
sla-calendar-no-teams = no team yet
sla-calendar-all-others = all other teams
sla-calendar-default = Default
sla-calendar-default-text = The default calendar is that of every team without one of its own.
sla-calendar-make-default = Make it the default
sla-calendar-remove = Remove this calendar
sla-calendar-remove-text = Its hours and dates are gone then. A calendar that a team, a meeting or a digest goes by stays.
sla-calendar-removed = The calendar is gone.
sla-calendar-is-default = This is the default calendar. Make another one the default first.
sla-calendar-in-use = Somebody still goes by this calendar: a team, a council or a digest. Give them another one first.
sla-meaning =
    This week: { $hours ->
        [one] { $hours } hour
       *[other] { $hours } hours
    }. A promise of { $promise } hours made now falls on { $day }, { $time } ({ $zone }).
sla-this-week = This week
sla-hours =
    { $n ->
        [one] { $n } hour
       *[other] { $n } hours
    }
sla-team-calendar-hint = promises to its people count these hours
sla-team-calendar-default = The default calendar

sla-zone = Time zone
sla-zone-hint = begin to type a city
sla-zone-unknown = We do not know this time zone. Choose one of the list, such as Europe/Berlin.

sla-hours-text = Hours for each day, such as 09:00-13:00, 14:00-18:00. Leave a day empty when nobody works. 00:00-24:00 is all day.
sla-mon = Monday
sla-tue = Tuesday
sla-wed = Wednesday
sla-thu = Thursday
sla-fri = Friday
sla-sat = Saturday
sla-sun = Sunday
sla-hours-unreadable = We cannot read "{ $typed }". Write hours like 09:00-13:00, 14:00-18:00.
sla-hours-overlap = { $hours } begins before the hours before it end.
sla-hours-backwards = { $hours } does not end after it begins. Hours over midnight belong to both days: until 24:00, and from 00:00.
sla-never-open = Give at least one day some hours: without them no promise would ever come due.

sla-exceptions = Holidays and other exceptions
sla-exceptions-text = Dates on which the hours are not those of the weekday.
sla-exceptions-none = None are coming up.
sla-exceptions-coming = Coming up
sla-exceptions-past = Past dates
sla-exception-add = Add a date
sla-exception-hours = Hours
sla-exception-hours-hint = leave empty when nobody works
sla-exception-remove = Remove
sla-exception-removed = Removed: the date is like its weekday again.
sla-exception-taken = This date has an exception already. Remove that one first.
sla-exceptions-too-many = More than { $max } dates are too many for one calendar.
sla-closed = Closed
sla-date = Date
sla-date-unreadable = Enter a date, such as 2026-12-31.
sla-occasion = Occasion

sla-import = Add holidays from a calendar file
sla-import-text = All-day events of an .ics file become days off; what comes every year is added for this year and the next two. Dates that are in the list already stay as they are.
sla-ics-file = The .ics file
sla-ics = or paste its content
sla-ics-nothing = Choose a file, or paste its content.
sla-import-submit = Add the holidays
sla-imported =
    { $n ->
        [0] Nothing new was in the file.
        [one] { $n } day off was added.
       *[other] { $n } days off were added.
    }
sla-imported-known =
    { $n ->
        [one] { $n } date was in the list already.
       *[other] { $n } dates were in the list already.
    }
sla-imported-timed =
    { $n ->
        [one] { $n } event at a time of day was left out.
       *[other] { $n } events at a time of day were left out.
    }
sla-imported-odd =
    { $n ->
        [one] { $n } event that repeats otherwise than yearly was left out.
       *[other] { $n } events that repeat otherwise than yearly were left out.
    }
sla-ics-too-large = The file is larger than { $max } KB.
sla-ics-not-a-calendar = This is not a calendar file: it should begin with BEGIN:VCALENDAR.
sla-ics-cut-short = The file ends in the middle of an event, or an event has no date.
sla-ics-line = We cannot read this line: { $line }
sla-ics-no-days = There is no all-day event in this file.
