"""What was done, as a person reads it in the journal and when it is undone."""

from __future__ import annotations

from collections.abc import Mapping

from workbench.i18n import N_, _

QUESTIONS: Mapping[str, str] = {
    "unhappy": N_("Why are they unhappy?"),
    "lose": N_("Where do we lose them?"),
    "love": N_("What keeps them from loving us?"),
}
"""The three questions, which the journal calls by their keys."""

DONE: Mapping[str, str] = {
    "coding.apply": N_("code applied"),
    "coding.remove": N_("code taken off"),
    "coding.edit": N_("stance or emotion changed"),
    "coding.agree": N_("difference settled"),
    "coding.settle": N_("difference let stand"),
    "coder.rename": N_("coder renamed"),
    "project.merge": N_("copy merged"),
    "coding.recode": N_("code replaced"),
    "coding.clear": N_("a coder's codes taken off"),
    "quote.favourite": N_("favourite mark"),
    "quote.favourites": N_("favourite mark"),  # in journals of earlier versions
    "quote.take-off": N_("codes taken off"),
    "quote.borders": N_("borders of a quote changed"),
    "quote.split": N_("quote split"),
    "quote.merge": N_("quotes merged"),
    "memo.write": N_("memo"),
    "code.add": N_("code added"),
    "code.edit": N_("code changed"),
    "code.move": N_("code moved"),
    "code.merge": N_("codes merged"),
    "code.remove": N_("code removed"),
    "code.split": N_("code split"),
    "code.sort": N_("codes sorted"),
    "code.freeze": N_("freezing changed"),
    "code.import": N_("codebook imported"),
    "code.reuse": N_("codebook taken over"),
    "barrier.describe": N_("barrier described"),
    "source.add": N_("source added"),
    "source.edit": N_("source changed"),
    "source.speaker": N_("speaker named"),
    "source.recount": N_("voices counted again"),
    "source.remove": N_("source removed"),
    "transcription.run": N_("recording transcribed"),
    "transcript.edit": N_("turn edited"),
    "transcript.replace": N_("words corrected"),
    "transcript.replace-all": N_("words replaced everywhere"),
    "transcript.split": N_("turn split"),
    "transcript.merge": N_("turns joined"),
    "transcript.retime": N_("times of a turn changed"),
    "transcript.speaker": N_("speaker assigned"),
    "transcript.alternate": N_("speakers assigned in turn"),
    "transcript.accept": N_("doubtful words accepted"),
    "transcript.suspect": N_("mark of a turn perhaps never said"),
    "transcript.recognise": N_("stretch recognised again"),
    "query.save": N_("query kept"),
    "query.remove": N_("saved query forgotten"),
    "sample.code": N_("sample coded"),
    "project.edit": N_("project changed"),
    "project.vocabulary": N_("vocabulary changed"),
    "goal.add": N_("goal added"),
    "goal.remove": N_("goal removed"),
    "wave.add": N_("wave added"),
    "person.add": N_("person added"),
    "person.edit": N_("person changed"),
    "stage.add": N_("stage added"),
    "touchpoint.add": N_("touchpoint added"),
    "reading.add": N_("measured value added"),
    "answer.write": N_("answer written"),
    "recommendation.add": N_("recommendation added"),
    "recommendation.edit": N_("recommendation changed"),
    "recommendation.remove": N_("recommendation removed"),
    "checklist.add": N_("checklist added"),
    "location.add": N_("location added"),
    "visit.plan": N_("visit planned"),
    "visit.answer": N_("answer in a visit"),
    "visit.comment": N_("comment on a visit"),
    "visit.evidence": N_("evidence attached"),
    "visit.status": N_("state of a visit changed"),
    "visit.submit": N_("visit finished"),
}
"""What an action was, by its verb."""


def deed(verb: str, subject: str) -> str:
    """Return what an action was and what it was done to: ``code added — Long queue``."""
    action = _(DONE[verb]) if verb in DONE else verb
    about = _(QUESTIONS[subject]) if subject in QUESTIONS else subject
    return f"{action} — {about}" if about else action
