# "We heard you" digests: the council's pages

digest-of = Digest, { $period }
digest-for = Digest for { $name }
digest-period = Period
digest-show = Show
digest-left-out = Who got none, and why

digest-not-public = Not public: only those whose feedback led to it read this.
digest-own-items = On top of this, everybody reads what came of their own feedback, in their own words. Nobody reads the words of somebody else.
digest-recipients = Recipients
digest-step = Go through the readers
digest-find = See what one person gets

digest-lang-en = English
digest-lang-ru = Russian
digest-mail-to = To
digest-mail-subject = Subject
digest-mail-part = Part
digest-as-html = The mail with its design
digest-as-text = Plain text

# Why somebody gets none

digest-skipped-empty = No mail: there is no news for this person.
digest-skipped-opted_out = No mail: this person unsubscribed.
digest-skipped-no_address = No mail: we have no address.
digest-skipped-disabled = No mail: the account is disabled.
digest-skipped-joined_later = No mail: this person subscribed after this digest was made.
digest-skipped-never_subscribed = No mail: this person never subscribed.

digest-count-empty = { $n ->
    [0] Nobody is without news
    [one] { $n } person without news
   *[other] { $n } people without news
}
digest-count-opted_out = { $n ->
    [one] { $n } person unsubscribed
   *[other] { $n } people unsubscribed
}
digest-count-no_address = { $n ->
    [one] { $n } person without an address
   *[other] { $n } people without an address
}
digest-count-disabled = { $n ->
    [one] { $n } disabled account
   *[other] { $n } disabled accounts
}
digest-count-joined_later = { $n ->
    [one] { $n } person subscribed after it was made
   *[other] { $n } people subscribed after it was made
}
digest-count-never_subscribed = { $n ->
    [one] { $n } person never subscribed
   *[other] { $n } people never subscribed
}

# What is wrong with the days

error-digest-month = Please choose a month. Example: 2026-10
error-digest-days = The last day comes before the first.
error-digest-not-over = These days are not over yet, and more may happen in them. Choose days up to today.

# heard digest

digest-command-recipients = { $n ->
    [0] Nobody would get it
    [one] { $n } person would get it
   *[other] { $n } people would get it
}
digest-command-sent = { $queued } queued now, { $already } had it already

# Writing a digest

digest-title = Digests
digest-intro = Everybody who subscribed hears what was done, what we decided against and why. Their own words come first. Whoever has no news gets no mail.
digest-new = New digest
digest-new-text = A draft gathers by itself what happened. You choose the words around it; somebody else approves it before it goes out.
digest-begin = Begin the draft
digest-made = The draft is ready to be looked at.
digest-series = Series
digest-series-link = Series and their dates
digest-all = All
digest-status = Status
digest-when = When
digest-status-draft = Draft
digest-status-submitted = Waits for approval
digest-status-approved = Approved
digest-status-sending = Being sent
digest-status-paused = Paused
digest-status-stopped = Stopped
digest-status-sent = Sent
digest-status-skipped = Not sent
digest-none = There is no digest yet
digest-none-like-this = There is no such digest
digest-none-text = Begin a draft: it gathers what was done and decided, and you see what each person will get.
digest-other = Choose the days yourself
digest-from = First day
digest-to = Last day
digest-follows = This draft follows what happens: the facts change by themselves until it is handed in. They cannot be edited here; your line stands above them.
digest-fixed = What it tells stands fixed since { $at }.
digest-words = The words around it
digest-intro-en = Introduction in English
digest-intro-ru = Introduction in Russian
digest-ask-en = What you ask next, in English
digest-ask-ru = What you ask next, in Russian
digest-nothing = Nothing has happened in this time yet
digest-nothing-text = Changes appear here when they ship, are declined, or are begun with a date. People still hear what came of their own feedback.
digest-up = Move up: { $title }
digest-down = Move down: { $title }
digest-place = Place
digest-edit = Your line, and who reads it
digest-line-hint = Your line stands above the facts. The facts themselves are edited at the change.
digest-line-en = Your line in English
digest-line-ru = Your line in Russian
digest-seen-by = Who may read it
digest-seen-asked = Those who asked
digest-seen-team = A team and those who asked
digest-seen-employees = All employees and those who asked
digest-seen-everyone = Everyone
digest-team = Team
digest-on-page = Show it on the page “You said, we did”
digest-on-page-yes = also on the page
digest-drop = Leave it out
digest-drop-why = Why is it left out?
digest-dropped = Left out
digest-take-back = Take it in again
digest-look-title = How it reads
digest-test = Send all of it to me
digest-test-sent = The test is on its way to you.
digest-checks = Checks
digest-checks-fine = Nothing stands in the way.
digest-checks-blocked = This has to be put right first:
digest-hints = Worth knowing
digest-check-link = not everybody can open this address: { $what }
digest-check-name = names somebody private: { $what }
digest-check-translation = your words are missing in { $what ->
    [ru] Russian
   *[en] English
}
digest-check-facts = what was done is not told in { $what ->
    [ru] Russian
   *[en] English
}; its readers see the other language
digest-check-empty = { $what ->
    [done] Nothing was done in this time.
    [declined] Nothing was declined in this time.
   *[doing] Nothing is in progress with a date.
}
digest-check-quote = words were chosen, but their author has not allowed quoting them, so they are left out
digest-check-few = fewer than five people asked, so no number is shown
digest-submit = Hand it in
digest-submit-text = From then on what it tells stands fixed, and somebody else looks at it.
digest-leaves = It leaves on { $at }.
digest-leaves-at-once = It leaves as soon as it is approved.
digest-approve = Approve it
digest-needs-second = Somebody who did not write it has to approve it.
digest-note = What should be different?
digest-send-back = Send it back
digest-end = Do not send it
digest-end-why = Why is it not sent?
digest-history = What happened
digest-event-digest_made = began the draft
digest-event-digest_edited = edited
digest-event-digest_submitted = handed it in
digest-event-digest_returned = sent it back
digest-event-digest_approved = approved it
digest-event-digest_skipped = decided not to send it
digest-event-digest_sent = everything was queued
digest-event-digest_sending = sending goes on
digest-event-digest_paused = paused it
digest-event-digest_stopped = stopped it
digest-event-digest_late = not approved in time: it waits
digest-nobody-title = Nobody would get it
digest-nobody = Nobody whom this series is for has subscribed yet.
digest-why-title = What this person reads, and why
digest-why-own = asked for it
digest-why-everyone = for everyone
digest-why-employees = for employees
digest-why-team = for their team
digest-why-hidden = not shown: it is for others
digest-why-outcomes = { $n ->
    [one] On top of this, the answer to one piece of their own feedback.
   *[other] On top of this, the answers to { $n } pieces of their own feedback.
}
error-digest-series-closed = This series is closed. Choose another one.
error-digest-not-begun = These days have not come yet. Choose days up to today.
error-digest-exists = There is a digest of this series about these days already.
error-digest-not-a-draft = This digest is not a draft any more. Send it back first.
error-digest-under-way = This digest is on its way already.
error-digest-not-submitted = This digest does not wait for approval.
error-digest-own = You handed this digest in or edited it last. Somebody else has to approve it.
error-digest-checks = Something still stands in the way: see the checks.
error-digest-not-public = This change is not public, so not everyone may read it.
error-digest-team = Choose the team that may read it.
digest-mails = Mails
digest-look-again = Look again
digest-report = What became of it
