"""Policy staff keep the corpus right. Page and command line make the same calls, with an Office and a User:

office = Office(assistant, records)         assistant opened with `Assistant.open(settings, records)`
user = Users(settings.users_path).sign_in(name, password)

proposal.propose(office, file)              metadata proposed from a file; a person decides
drafts.add · replace_document · edit_metadata · amend · retire · restore        changes that nobody sees yet
drafts.open_drafts · drop                   … those that are neither published nor dropped
preview.preview(office, user, draft_ids)    passages, findings, answers old and new; `blocking`: what stops it
gates.with_gates(office, preview)           … and the gates that the whole evaluation would lose (minutes)
publication.publish(office, user, draft_ids, why, preview=, override=, approver=) · undo · recover
history.history(office)                     who, when, what, why, before, after: append-only
notices.post_bulletin · withdraw_bulletin · bulletins                     above every answer on a programme
notices.curate · approve · withdraw_curated · curated · suspended         approved answers, served first
worklist.work_list · to_csv · settle        what needs somebody today; what somebody dealt with
gaps.gaps(office, user, since, until)       what was asked and not answered, in clusters
switching.switch_off · switch_on · switched_off     a document out of every answer at once, and back
log.search_log · open_answer                old answers as they were, with what their passages are today
trail.trail(records, user, since, until)    who tried what, allowed or not
corrections.open_correction · corrections · to_call_back · tick     answers given from a wrong passage
watched.look(office, user) · open_files · settle         changed files of a folder become drafts
watching.Watching(office).begin(user) · look             the same behind the page, or waited for

Every call that changes something or shows what callers said checks the user's right itself
(records.users.require: AccessDenied) and leaves a line in the audit trail, allowed or not; mistakes are
PublishingError, one Korean line. Drafts and publications cost a lock over all processes (`office.alone`). A
service calls `publication.start(office)` once when it starts: it finishes what a killed process began, and
drops records past their days.

Which generations are kept is one rule for builds and publications: `records.kept`.
"""
