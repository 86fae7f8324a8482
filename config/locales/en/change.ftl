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

# The page of one change

changes-is-quick-fix = Quick fix
changes-is-article = Knowledge article
changes-machine = Bot
changes-stalled = Accepted, but nobody has begun for 30 days
changes-is-merged = This change was merged. It goes on here:
changes-unmerge = Take it out again
changes-taken-in = Merged into this one:
changes-is-archived = This change is in the archive. Nothing is lost.
changes-restore = Bring it back
changes-comes-back = Deferred. It comes back on { $day } by itself.
changes-came-back = It was deferred and came back on { $day }.
changes-until = until { $day }
changes-by = by { $day }
changes-why = Why
changes-why-hint = for those who work on it
changes-hypothesis = What we expect
changes-via-ex_to_cx = Via EX we influence CX.
changes-via-cx_to_ex = Via CX we influence EX.
changes-remove = Remove

changes-quotes = In their words
changes-quote-employee = an employee
changes-quote-customer = a customer
changes-quote-somebody = somebody
changes-quote = Quote a part of it
changes-quoted = Quoted
changes-quote-part = The part to quote
changes-quote-part-hint = word for word; write … for what is left out, such as names
changes-quote-choose = Quote this
changes-quote-back = Do not quote it
changes-quote-ask = Ask the author
changes-quote-allow = Allow it as an administrator
changes-said-quote-asked = The author finds the question on their page.
changes-said-quote-allowed = It may be quoted now.
error-quote-needs-consent = These words are anonymous. They may be quoted when their author or an administrator allows it.
error-quote-refused = The author does not want these words to be quoted.
error-quote-small-group = Fewer than five people of this kind stand behind the change. Only the author can allow to quote them.
error-quote-word-for-word = These are not the words of the case. Please quote word for word.
error-quotes-enough = Three quotes are enough. Please take one back first.

changes-facts = Facts
changes-fact = The fact
changes-fact-hint = for instance: every fifth call is about this
changes-fact-kind = Where it comes from
changes-fact-metric = Metric
changes-fact-survey = Survey
changes-fact-repeat_reason = Repeat contacts
changes-fact-other = Other
changes-fact-url = Link
changes-fact-add = Add a fact
changes-fact-keep = Keep it

changes-steps = Checklist
changes-steps-done = { $done } of { $all } done
changes-step = Next step
changes-step-add = Add
changes-step-do = Mark as done:
changes-step-undo = Not done after all:
error-too-many-steps = A hundred steps are enough.

changes-talk = Discussion
changes-note = What do you think?
changes-note-say = Say it

changes-manage = More
changes-merge = Merge
changes-merge-into = The change that goes on
changes-merge-hint = its reference, such as C-7QK3M9X
changes-split = Split off a part
changes-copy = Make a copy
changes-copy-of = Copy: { $title }
changes-archive = Put it into the archive
changes-said-merged = Merged. This change goes on for both.
changes-said-unmerged = It stands for itself again.
changes-said-split = Split off. This is the new change.
changes-said-copied = A copy. Say what is different about it.
changes-said-archived = In the archive. You can bring it back at any time.
changes-said-restored = It is back.
changes-split-text = Some cases ask for something else? Make a change of their own for them. Merging it takes that back.
changes-split-title = What would change for them
changes-split-cases = Cases that go there
changes-split-nothing = There is nothing to split off here.
error-merge-with-itself = A change cannot be merged with itself.
error-merge-open-only = Both changes must still be open, and neither merged nor in the archive.
error-no-such-change = There is no such change.
error-change-not-merged = This change is not merged.

changes-suggest = Find cases like these
changes-suggest-text = Open cases with the same words as this change and what is linked to it. Link what fits; more come up then.
changes-suggest-none = Nothing like it
changes-suggest-none-text = No other open case uses these words.

changes-defer-title = Not now
changes-defer-text = The change leaves the agenda and comes back by itself on the day you choose.
changes-defer-why = Why not now
changes-defer-until = Comes back on

# Articles of the knowledge base

changes-article = Article
changes-reviewed = Last reviewed on { $day }.
changes-never-reviewed = Nobody has reviewed it yet.
changes-never = never
changes-review-due = Next review by { $day }.
changes-review-overdue = Review was due on { $day }
changes-review-done = Reviewed today, it is right
changes-article-stale = It does not seem to help
changes-article-since = { $n ->
    [one] { $n } case on its topics has arrived since.
   *[other] { $n } cases on its topics have arrived since.
  }
changes-articles = Knowledge articles
changes-articles-text = Each article has somebody who keeps it fresh. When cases about the same keep arriving after a review, the article does not help yet.
changes-article-new = Add an article
changes-article-due = Review by
changes-article-cases = Cases since
changes-articles-none = No articles yet
changes-articles-none-text = Add those that people ask about most, with somebody who keeps them fresh.

# The form

changes-section-what = What and why
changes-section-score = How much it matters
changes-section-who = Who and when
changes-section-plan = What we expect
changes-section-plan-hint = The hypothesis: what gets better through it, and with whom you try it first.
changes-section-article = Article of the knowledge base
changes-section-article-hint = Only if the change is about an article.
changes-kind-change = A change
changes-kind-article = An article of the knowledge base
changes-hint-lever = through what it works
changes-hint-problem = in one sentence; the council reads it first
changes-hint-impact-rice = for the RICE score: how strong the effect is on one person
changes-impact-300 = massive
changes-impact-200 = high
changes-impact-100 = medium
changes-impact-50 = low
changes-impact-25 = minimal
changes-hint-delay-cost = for the WSJF score: what a month of waiting costs, in points of your own
changes-hint-sponsor = who has the money and the last word
changes-hint-quick-fix = it can be done before the next council
changes-hint-metric = such as AHT, FCR, eNPS
changes-hint-delta = in the metric's unit; with a minus where less is better
changes-field-delta-by = By when
changes-hint-cost = in { $currency }
changes-hint-pilot = with whom it is tried first
changes-hint-control = with whom it is compared
changes-hint-article-url = its address
changes-hint-review-days = in days, such as 90
changes-none = none
changes-unset = not said

change-event-merged = merged it into “{ $what }”
change-event-took_in = merged “{ $what }” into it
change-event-unmerged = took it out of “{ $what }”
change-event-gave_back = took “{ $what }” out of it
change-event-split = split off “{ $what }”
change-event-split_off = split it off “{ $what }”
change-event-duplicated = made it as a copy of “{ $what }”
change-event-archived = put it into the archive
change-event-restored = brought it back from the archive
change-event-step_done = did: { $what }
change-event-step_undone = not done after all: { $what }
change-event-fact_added = added a fact: { $what }
change-event-fact_removed = removed a fact: { $what }
change-event-quoted = chose a quote
change-event-unquoted = took a quote back
change-event-reviewed = reviewed the article

error-machine-employee = Only a customer can be a machine.

# On the page by which people follow their feedback

track-quote = May we quote you?
track-quote-text = Your words say well what many mean. We would like to show a part of them to those who decide, without a name. Nobody learns who you are, whatever you answer.
track-quote-yes = Yes, quote me without a name
track-quote-no = No, please do not
track-quote-allowed = A part of your words may be quoted without a name.
track-quote-refused = We do not quote your words, as you asked.
track-quote-stop = Do not quote me any more
track-said-quote-yes = Thank you. No name will stand with it.
track-said-quote-no = Understood. We will not quote you.
