# "We heard you" digests: the council's pages

digest-title = Digests
digest-intro = Once a month everybody who subscribed hears what was done, what we decided against and why. Their own words come first. Whoever has no news gets no mail.
digest-of = Digest, { $period }
digest-for = Digest for { $name }
digest-prepare = Prepare { $period }
digest-look = Look at { $period }
digest-other = Choose other days
digest-period = Period
digest-month = Month
digest-from = or from
digest-to = to
digest-show = Show
digest-sent = Sent
digest-waiting = On their way
digest-held-back = Held back
digest-failed = Failed
digest-without-news = Without news
digest-mails = Mails
digest-none = No digest has been sent yet
digest-none-text = Prepare the last month, look at what each person will get, then send it.
digest-unfinished = not finished
digest-unfinished-text = Not everybody has been reached yet. If nothing moves, go on: nobody gets it twice.
digest-go-on = Go on
digest-look-again = Look again
digest-queued-at = Queued
digest-sent-to-nobody = Nobody had news, so nothing was sent.
digest-left-out = Who got none, and why
digest-what-was-told = What was told
digest-report = Open the report
digest-flash-sent = The digest is on its way.

digest-nothing-done = Nothing was shipped in this time.
digest-nothing-declined = Nothing was declined in this time.
digest-not-public = Not public: only those whose feedback led to it read this.
digest-own-items = On top of this, everybody reads what came of their own feedback, in their own words. Nobody reads the words of somebody else.
digest-who = Who gets it
digest-recipients = Recipients
digest-step = Go through the readers
digest-find = See what one person gets
digest-send-title = Send
digest-send-text = Each person gets one mail, however often this is pressed.
digest-send = { $n ->
    [one] Send to { $n } person
   *[other] Send to { $n } people
}
digest-nobody = Nobody has news in this time, so there is nothing to send.
digest-is-open = These days are not over yet. You can look, but sending waits until nothing more can happen in them.

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
