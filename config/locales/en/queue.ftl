# The queue

queue-new = New feedback
queue-views = Views
queue-due = Due
queue-said = What was said
queue-voice = Voice
queue-stage = Stage
queue-owner = Owner
queue-reopened = not solved the first time
queue-empty = Nothing here
view-mine = Yours
view-mine-empty = No case is waiting for you. Look at what nobody has taken yet.
view-unassigned = Not taken yet
view-unassigned-empty = Every case has an owner.
view-today = Due today
view-today-empty = Nothing more is due today.
view-overdue = Overdue
view-overdue-empty = No promise is broken. Well done.
view-waiting = Waiting for them
view-waiting-empty = Nobody owes us an answer.
view-no_answer = Told, no answer
view-no_answer-empty = Everybody who was told has said whether it helped.
view-open = All open
view-open-empty = No open cases. New feedback appears here by itself.
view-team = Your team's
view-team-empty = Your team has nothing to do right now.
view-escalated = Raised
view-escalated-empty = Nothing had to be raised to anybody.
view-snoozed = Put off
view-snoozed-empty = Nothing was put off for later.
queue-escalated = raised
queue-severity-low = Low
queue-severity-normal = Normal
queue-severity-high = High
queue-severity-critical = Critical
queue-me = Me

# What narrows a view

queue-filter = Narrow down
queue-filter-n = Narrow down ({ $n })
queue-any-voice = Any voice
queue-any-kind = Any kind
queue-any-severity = Any severity
queue-any-channel = Any channel
queue-any-topic = Any topic
queue-any-team = Any team
queue-any-owner = Anybody's
queue-any-status = Any stage
queue-kind = Kind
queue-severity = Severity
queue-channel = Channel
queue-topic = Topic
queue-team = Team
queue-tag = Tag
queue-sort = Order
queue-sort-due = What is due first
queue-sort-newest = Newest
queue-sort-oldest = Longest waiting
queue-sort-severity = Most severe
queue-show = Show
queue-clear = Show everything
queue-empty-narrowed = Nothing in this list fits. Take something away from what narrows it.
queue-looked-due = { $n ->
    [0] None found so far: looked through what is due until { $to }.
    [one] One case found so far: looked through what is due until { $to }.
   *[other] { $n } cases found so far: looked through what is due until { $to }.
}
queue-looked-updated = { $n ->
    [0] None found so far: looked through what has lain since before { $to }.
    [one] One case found so far: looked through what has lain since before { $to }.
   *[other] { $n } cases found so far: looked through what has lain since before { $to }.
}
queue-looked-wakes = { $n ->
    [0] None found so far: looked through what comes back until { $to }.
    [one] One case found so far: looked through what comes back until { $to }.
   *[other] { $n } cases found so far: looked through what comes back until { $to }.
}
queue-look-further = Look further

# Filters of one's own

queue-own = Your own lists
queue-keep = Keep as a list of your own
queue-keep-name = Name
queue-keep-do = Keep
queue-kept = Kept among your lists.
queue-arrange = Rename or delete
queue-filters-title = Your own lists
queue-filters-text = Lists that you kept, for you alone. You can have { $most }.
queue-filters-none = You have kept no list yet. Narrow down a list of cases, then keep it under a name.
queue-filter-rename = Rename
queue-filter-open = Open { $name }
queue-filter-delete = Delete { $name }
queue-filter-deleted = The list is gone. The cases in it are as they were.
error-too-many-filters = You have { $max } lists already. Delete one first.

# Many cases at once

bulk-with = With the chosen cases
bulk-choose = Choose: { $title }
bulk-all = Choose all on this page
bulk-chosen = Chosen:
bulk-take-do = I'll take them
bulk-assign-to = Give to…
bulk-assign-whom = To whom
bulk-assign-do = Give
bulk-nobody = Nobody: put back
bulk-snooze-for = Put off…
bulk-snooze-until = Until
bulk-snooze-do = Put off
bulk-snooze-date = Day
later-tomorrow = Tomorrow morning
later-three_days = In three days
later-next_week = Monday
later-own = A day of my choice
bulk-tag-with = Tags…
bulk-tag-which = Tags, with commas between them
bulk-tag-do = Add
bulk-untag-do = Remove
bulk-merge-do = Merge…
bulk-link-do = Link…
bulk-take = { $n ->
    [one] One case is yours now.
   *[other] { $n } cases are yours now.
}
bulk-assign = { $n ->
    [one] One case has been given.
   *[other] { $n } cases have been given.
}
bulk-snooze = { $n ->
    [one] One case has been put off.
   *[other] { $n } cases have been put off.
}
bulk-tag = { $n ->
    [one] One case has the tag now.
   *[other] { $n } cases have the tag now.
}
bulk-untag = { $n ->
    [one] The tag was taken off one case.
   *[other] The tag was taken off { $n } cases.
}
bulk-merge = { $n ->
    [one] One case has been merged.
   *[other] { $n } cases have been merged.
}
bulk-link = { $n ->
    [one] One case has been linked to the change.
   *[other] { $n } cases have been linked to the change.
}
bulk-undone = { $n ->
    [one] Taken back for one case.
   *[other] Taken back for { $n } cases.
}
bulk-refused = { $n ->
    [one] One stayed as it was:
   *[other] { $n } stayed as they were:
}
bulk-merge-title = Which of them stays?
bulk-merge-text = The others are answered together with it. Everybody who wrote is still told, and a merge can be taken back on the case.
bulk-merge-yes = Merge into this one
bulk-link-title = Which change are they about?
bulk-link-text = { $n ->
    [one] One case becomes evidence for the change and follows it.
   *[other] { $n } cases become evidence for the change and follow it.
}
bulk-link-change = Change
bulk-link-none = There is no open change to link to. Propose one first.
bulk-link-yes = Link
error-choose-cases = Choose at least one case first.
error-choose-two = Choose two cases or more to merge.
error-too-many-cases = At most { $max } cases at once, please.
error-case-changed-meanwhile = changed in the meantime; please look at it again.
error-date-too-far = Choose a day within a year.

# What arrives while one looks

queue-fresh = { $n ->
    [one] 1 new case.
   *[other] { $n } new cases.
}
queue-fresh-show = Show
