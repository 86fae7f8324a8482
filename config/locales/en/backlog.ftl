# The backlog of changes.

changes-title = Backlog of changes
changes-new = Propose a change
changes-views = Changes by status
changes-all = All
changes-sort = First

changes-score = Score
changes-score-open = Show how this score is made:
changes-reach = People
changes-reach-parts = EX { $employees }, CX { $customers }
changes-impact = Weight × EX + weight × CX
changes-effort = Effort, person-months
changes-confidence = Confidence
changes-evidence = Cases
changes-owner = Owner
changes-target = Target date
changes-late = overdue
changes-no-date = No date yet
changes-formula = Score = people × (weight × EX + weight × CX) × confidence ÷ effort in person-months. Each person counts once, however often they wrote.
changes-formula-weights = In the score a point of EX weighs { $ex } and a point of CX { $cx }.
changes-empty-title = No changes here yet
changes-empty-text = A change is what several cases ask for. Propose one and link the cases that show why it is needed.

# One change

changes-is-public = Shown to the public
changes-told-shipped = What people were told
changes-told-declined = Why not, as people were told
changes-evidence-title = What people said
changes-evidence-count = { $cases ->
    [one] { $cases } case
   *[other] { $cases } cases
  } from { $people ->
    [one] { $people } person
   *[other] { $people } people
  }
changes-link-case = Link a case
changes-link-hint = its reference, such as F-7QK3M9X
changes-link = Link
changes-unlink = Unlink
changes-linked-on = linked on { $date }
changes-case-owner = owner: { $name }
changes-no-evidence-title = Nobody's words yet
changes-no-evidence-text = Link the cases that ask for this. The people behind them will hear what comes of it.
changes-unseen = { $n ->
    [one] One more case belongs to another team.
   *[other] { $n } more cases belong to other teams.
  }
changes-words-of-another-team = (Their own words stand here. The case belongs to another team.)
changes-journal = What happened
changes-next = What comes next
changes-since = Status since
changes-proposed-by = Proposed by

changes-move-accepted = Accept
changes-move-in_progress = Start the work
changes-move-shipped = It is done: tell people
changes-move-declined = Decline and say why
changes-not-yours-accepted = The council decides whether to accept it.
changes-not-yours-in_progress = Its owner or the council starts the work.
changes-not-yours-shipped = Its owner or the council ships it.
changes-not-yours-declined = Only the council declines a change.

change-event-proposed = proposed it
change-event-edited = edited: { $fields }
change-event-accepted = accepted it
change-event-started = started the work
change-event-shipped = shipped it and told those who asked
change-event-declined = declined it and told those who asked

# The form

changes-form-title = Propose a change
changes-propose = Put it into the backlog
changes-field-title = What would change
changes-hint-title = in one line
changes-field-proposal = What exactly, and through what it helps
changes-hint-proposal = for instance: one window saves agents a minute per call, so customers wait less
changes-field-ex = EX: effect on employees
changes-field-cx = CX: effect on customers
changes-hint-impact = 0 none, 5 very large
changes-field-effort = Effort
changes-hint-effort = in person-months, such as 0.5
changes-field-confidence = Confidence
changes-hint-confidence = in per cent: how sure are you?
changes-field-owner = Owner
changes-field-target-on = Target date
changes-field-public = Public
changes-hint-public = people outside see its title when they write something similar, and can join it
changes-field-case = Case to link at once
changes-hint-case = its reference, if it starts with one

# Shipping and declining

changes-ask-shipped = What changed?
changes-ask-declined = Why not?
changes-hint-shipped = Say what changed, in one sentence for those who asked. They will read it below their own words.
changes-hint-declined = Say why not, plainly, in a sentence or two for those who asked. They will read it below their own words.
changes-audience = Who will hear of it
changes-audience-mails = { $mails ->
    [one] { $mails } mail
   *[other] { $mails } mails
  } to { $people ->
    [one] { $people } person
   *[other] { $people } people
  }, one for each case
changes-audience-code = { $n ->
    [one] { $n } person reads it behind their receipt code
   *[other] { $n } people read it behind their receipt codes
  }
changes-audience-unreachable = { $n ->
    [one] { $n } case cannot be answered: it came without an address
   *[other] { $n } cases cannot be answered: they came without an address
  }
changes-audience-answered = { $n ->
    [one] { $n } case was answered earlier and gets no second mail
   *[other] { $n } cases were answered earlier and get no second mail
  }
changes-audience-kept = { $n ->
    [one] { $n } case stays open: another change still answers it
   *[other] { $n } cases stay open: other changes still answer them
  }
changes-audience-none = Nobody is waiting for the news of this change.
changes-audience-languages = They read: English { $en }, Russian { $ru }.
changes-outcome-en = In English
changes-outcome-ru = In Russian
changes-outcome-hint = { $n ->
    [one] { $n } case is answered in it
   *[other] { $n } cases are answered in it
  }
changes-one-is-enough = One language is enough; whoever reads the other one then gets this text too.
changes-preview = Show what people will get
changes-mail-to = To
changes-mail-subject = Subject
changes-mail-hidden = somebody whose case belongs to another team
changes-mail-note = One mail as an example for each language. The link to their page is hidden here: it is theirs alone.
changes-send-shipped = { $n ->
    [0] Ship it
    [one] Ship it and send { $n } mail
   *[other] Ship it and send { $n } mails
  }
changes-send-declined = { $n ->
    [0] Decline it
    [one] Decline it and send { $n } mail
   *[other] Decline it and send { $n } mails
  }
changes-reword = Change the words

# Said after something was done

changes-said-proposed = It is in the backlog.
changes-said-linked = Linked.
changes-said-unlinked = The link is gone.
changes-said-accepted = Accepted.
changes-said-in-progress = Work has started.
changes-said-shipped = Shipped. Those who asked are being told.
changes-said-declined = Declined. Those who asked are being told why.

error-change-changed = Somebody changed this change in the meantime. Please open it again.
error-kept-apart = This case is kept apart: only those who work on it may see it, so it cannot stand with a change.
error-change-is-finished = This change is finished, and people were told so. It stays as it is.
error-change-cannot-move = The change cannot go there from where it stands now. Somebody may have moved it already.
error-say-what-changed = Please say it in at least one language.

# "Me too"

similar-voices = { $n ->
    [one] { $n } person
   *[other] { $n } people
  }
similar-text = Me too: { $title }
error-me-too-finished = This was finished just now. Send your own words instead: a person will read them.
changes-raised-text = { $n ->
    [one] One person told us about this. What could we change?
   *[other] { $n } cases tell of this. What could we change?
}
changes-said-raised = It is in the backlog with its evidence. Now say what could change.
