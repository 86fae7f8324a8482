# The views of the backlog: table, matrix, board, roadmap, order.

views-tabs = Views of the backlog
views-tab-table = Table
views-tab-matrix = EX × CX
views-tab-board = Board
views-tab-roadmap = Roadmap
views-tab-order = What would change the order
views-quota = { $shipped } of { $most } quick fixes shipped this month
views-quota-short = Quick fixes this month
views-open = Open
views-count = { $n ->
    [one] { $n } change
   *[other] { $n } changes
  }
views-filter = Filter and sort
views-words = Words of the title
views-lever = Lever
views-any-lever = Any lever
views-no-lever = No lever
views-any-owner = Any owner
views-mine = Mine
views-nobodys = Without an owner
views-size = Size
views-any-size = Any size
views-quick-only = Quick fixes only
views-quick = Quick fix
views-weights = Weights
views-weights-in-use = Weights in use
views-show = Show
views-clear = Show everything
views-sort-score = Highest priority first
views-sort-rice = Highest RICE first
views-sort-wsjf = Highest WSJF first
views-sort-reach = Most people first
views-sort-ex = Most for employees first
views-sort-cx = Most for customers first
views-sort-effort = Least effort first
views-sort-confidence = Surest first
views-sort-target = Earliest date first
views-sort-newest = Newest first
views-sort-title = By name
views-group = Group
views-group-none = No groups
views-group-lever = By lever
views-group-owner = By owner
views-group-status = By status
views-column-score = Score
views-column-change = Change
views-column-ex = EX
views-column-cx = CX
views-column-reach = People
views-column-effort = Effort
views-column-confidence = Confidence
views-column-lever = Lever
views-column-owner = Owner, date
views-saved = Your views
views-keep = Keep this view
views-name = Name
views-forget = Forget “{ $name }”
views-edit = Edit: { $title }
views-ranked = Place given by hand:
views-stale = check again
views-score-more = Who set it, and when
views-machines = bots { $n }
views-nothing-title = Nothing fits
views-nothing-text = No change is like that. Look for less, or show everything.

# The matrix

views-matrix-intro = How much each change gives employees (up) and customers (right). The larger the bubble, the more people ask for it. Choose one to move it.
views-matrix-drawing = Changes by effect on employees and customers; the same stands in the table below
views-axis-ex = EX: effect on employees
views-axis-cx = CX: effect on customers
views-bubble = { $title }: EX { $ex }, CX { $cx }, { $people ->
    [one] { $people } person
   *[other] { $people } people
  }
views-rest = { $n } more
views-move = Move
views-move-title = Move “{ $title }”
views-move-hint = With a mouse, drag a bubble to another square. From the keyboard, choose a bubble and press the arrow keys, or set the numbers here.
views-matrix-table = The same as a table
views-moved = Moved.

# The board

views-board-intro = What is begun is finished before more is begun: a column with a limit takes no more than that.
views-limit = { $n } of { $most }
views-over = { $over ->
    [one] one more than the limit
   *[other] { $over } more than the limit
  }
views-full = full
views-column-empty = Nothing here
views-column-more = { $n ->
    [one] and { $n } more
   *[other] and { $n } more
  }
views-move-to = Move to
views-full-title = “{ $column }” is full: { $n } of { $most }
views-full-text = Finish something first, or move “{ $title }” there anyway.
views-anyway = Move it anyway
views-limits-link = Limits

# The roadmap

views-roadmap-intro = What is due in which month. A date is set in the table or on the page of the change.
views-late = Overdue
views-someday = No date yet
views-month-empty = Nothing is due

# One score

views-score-title = How { $reference } is scored
views-score-priority = Priority
views-score-rice = RICE
views-score-wsjf = WSJF
views-formula-priority = people × (weight × EX + weight × CX) × confidence ÷ effort
views-formula-rice = people × impact × confidence ÷ effort
views-formula-wsjf = cost of delay ÷ effort
views-no-score = Not yet: { $input } is missing.
views-place = Place { $place } of { $n } by priority
views-inputs = What it is made of
views-input = Input
views-value = Value
views-set-by = Set by
views-input-reach = People behind it
views-input-ex = EX
views-input-cx = CX
views-input-effort = Effort, person-months
views-input-confidence = Confidence
views-input-impact = Impact for RICE
views-input-delay-cost = Cost of delay
views-counted = counted from the linked cases
views-not-set = not set
views-stale-text = older than 90 days: is it still right?
views-still-right = Still right
views-confirmed = Noted: it is still right.
views-rank = A place of its own
views-rank-text = Somebody with good reasons may put a change on a place, whatever its score. Everybody sees that and why.
views-rank-now = It stands on place { $rank }, whatever its score: { $reason }
views-rank-place = Place
views-rank-hint = 1 is the top
views-rank-reason = Reason
views-rank-set = Put it there
views-rank-drop = Let the score decide
views-rank-council = Only the council gives a change a place of its own.
views-said-ranked = It has its place.
views-said-unranked = Its score decides again.
change-event-ranked = gave it a place of its own in the order
change-event-unranked = let its score decide its place again
change-event-confirmed = looked at what it is scored by and found it right

# What would change the order

views-order-intro = Move a weight and see who passes whom. Nothing is kept until an admin puts a set of weights to use.
views-order-ex = A point of EX weighs
views-order-cx = A point of CX weighs
views-order-try = Try
views-order-next = The nearest turns among the first { $n }
views-order-up = If { $side } weighed { $weight } or more instead of { $now }, “{ $rises }” would pass “{ $falls }”.
views-order-down = If { $side } weighed { $weight } or less instead of { $now }, “{ $rises }” would pass “{ $falls }”.
views-order-none = No move of a weight changes the order of the first { $n }.
views-order-now = Now
views-order-then = Then
views-order-moved-up = up { $n }
views-order-moved-down = down { $n }
views-order-stays = stays
views-order-same = With these weights everything stays where it is.
views-order-moved = { $n ->
    [one] { $n } change of the first { $of } moves.
   *[other] { $n } changes of the first { $of } move.
  }
views-order-given = its place was given by hand

# What admins arrange

views-levers = Levers
views-levers-text = What changes work through, in this order. An archived lever is not offered, and stays on the changes that have it.
views-lever-add = Add a lever
views-lever-edit = Change the lever
views-lever-archive = Archived: do not offer it any more
views-weight-sets = Weights
views-weight-sets-text = How much a point of employee (EX) and customer (CX) impact weighs in the priority score. One set is in use; others can be tried in the table.
views-weight-set = Set
views-weights-settings = As in the settings
views-weights-used = In use
views-weights-use = Put to use
views-weights-add = Add a set
views-weights-edit = Change the set
views-weights-delete = Delete this set
views-weights-deleted = The set is deleted.
views-weights-put = From now on scores are made with these weights.
views-limits = Board limits
views-limits-text = How many changes may stand in a column of the board at once. Leave a field empty for no limit.
error-weights-in-use = This set is in use. Put another one to use first.
error-weights-of-nothing = At least one weight has to be more than nothing.

# Months by themselves

views-month-1 = January
views-month-2 = February
views-month-3 = March
views-month-4 = April
views-month-5 = May
views-month-6 = June
views-month-7 = July
views-month-8 = August
views-month-9 = September
views-month-10 = October
views-month-11 = November
views-month-12 = December

# The export

views-reference = Reference
views-group-status-name = Status
views-employees = Employees
views-customers = Customers
views-confidence-percent = Confidence, %
