"""A complaint on its way, for the tests of the desk and of what is marked anew."""

from decimal import Decimal

from apps.judging.models import Sheet
from apps.recognition.services import (
    Answer,
    Claim,
    answer_complaint,
    assign_reviews,
    compute_revision,
    file_complaint,
    lock_review,
    receive_complaint,
    save_review,
)


class Case:
    """The complaint of one entry's facility about criteria 1 and 2; each verb takes it a step further."""

    def __init__(self, scene, place=2, criteria=("C1", "C2"), text="Điểm nội dung này chưa đúng"):
        self.scene, self.place = scene, place
        self.entry, self.owner = scene.entries[place], scene.owners[place]
        self.complaint = file_complaint(self.entry.pk, Claim(text, criteria), actor=self.owner)

    @property
    def round(self):
        return self.scene.round

    @property
    def officer(self):
        return self.scene.stage.officer

    @property
    def fresh(self):
        self.complaint.refresh_from_db()
        return self.complaint

    @property
    def desk(self):
        return f"/ky-binh-chon/{self.round.code}/khieu-nai/{self.complaint.pk}/"

    @property
    def own(self):
        return f"/ho-so/{self.entry.pk}/khieu-nai/{self.complaint.code}/"

    def received(self):
        receive_complaint(self.round, self.complaint.pk, actor=self.officer)
        return self

    def sheets(self):
        return list(Sheet.objects.filter(entry=self.entry).select_related("judge__person").order_by("judge__seat"))

    def assigned(self, chosen=None):
        """Every judge marks their own sheet anew, or whoever is named."""
        pairs = chosen or {sheet.pk: sheet.judge_id for sheet in self.sheets()}
        assign_reviews(self.round, self.complaint.pk, pairs, actor=self.officer)
        return self

    def reviews(self):
        return list(
            self.complaint.reviews.select_related("member__person", "sheet__judge").order_by("sheet__judge__seat")
        )

    def locked(self, marks=("36", "36")):
        given = {f"C{n}": Decimal(mark) for n, mark in enumerate(marks, 1)}
        for review in self.reviews():
            if review.state == "draft":
                save_review(review.pk, given, remark="", actor=review.member.person)
                lock_review(review.pk, actor=review.member.person)
        return self

    def computed(self):
        compute_revision(self.complaint.pk)
        return self

    def answered(self, verdict="upheld", text="Hội đồng đã chấm lại."):
        answer_complaint(self.round, self.complaint.pk, Answer(verdict, text), actor=self.officer)
        return self
