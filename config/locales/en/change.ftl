# One change: its moves and its plan.

changes-move-proposed = Back to the proposals
changes-move-needs_data = Ask for data
changes-move-deferred = Not now: come back later
changes-move-verified = It did what it should
changes-not-yours-proposed = Its owner or the council brings it back.
changes-not-yours-needs_data = The council asks for data.
changes-not-yours-deferred = Only the council defers a change.
changes-not-yours-verified = Its owner or the council checks what it did.

change-event-needs_data = asked for data
change-event-deferred = deferred it
change-event-returned = brought it back to the proposals
change-event-verified = checked that it did what it should

changes-said-proposed-again = It is among the proposals again.
changes-said-needs-data = Asked for data.
changes-said-deferred = Deferred. It comes back by itself.
changes-said-verified = Verified.

changes-field-kind = What changes
changes-field-problem = The problem
changes-field-lever = Lever
changes-field-impact = Impact
changes-field-delay-cost = Cost of delay
changes-field-sponsor = Sponsor
changes-field-quick-fix = Quick fix
changes-field-via = Through whom
changes-field-metric = Metric
changes-field-delta = Expected change
changes-field-cost = Cost
changes-field-pilot-group = Pilot group
changes-field-control-group = Control group
changes-field-article-url = Article
changes-field-reviewed-on = Last review
changes-field-review-days = A review holds

error-change-is-merged = This change was merged into another one. Please open that one.
error-change-is-archived = This change is in the archive. Bring it back first.
error-say-why = Please say why.
error-later-day = Please choose a later day.
error-web-address = Please enter the address of a page, beginning with https://
