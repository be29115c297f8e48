import EnhanceKit
import Foundation

// Nudging who is waited for: the owner of a plan, or who is asked for a sign-off.

extension Shelf {
  func checkNudge(_ id: DocumentId, _ why: String) throws(CoreError) -> SharingCheck {
    _ = try document(id)
    return check([(.message, why.trimmed)], of: id)
  }

  mutating func nudge(
    _ id: DocumentId, anchor: String, why: String, _ acknowledged: Sha256? = nil
  ) throws(CoreError) -> ItemId {
    let (document, me) = (try document(id), try me())
    switch document.content {
    case .project: try mayNudge(ownerOf: document, me)
    case .request(let request): try mayNudge(whoIsAsked: request, document, me, anchor)
    default: throw .notAllowed("a nudge is about a plan or a sign-off")
    }
    let (why, now) = (why.trimmed, clock())
    guard !why.isEmpty, why.unicodeScalars.count <= 280 else {
      throw .unfit(.comment, "say in 1 to 280 letters what you wait for")
    }
    let own = document.comments.nudges.filter { $0.by == me }
    if let same = own.first(where: {
      $0.anchor == anchor && $0.why == why && CalendarDate(inLondon: $0.at) == today
    }) {
      return same.id
    }
    if let late = own.last, now.timeIntervalSince(late.at) < 7 * 24 * 60 * 60 {
      let day = CalendarDate(inLondon: late.at)
      throw .notAllowed(
        late.isSent
          ? "you nudged on \(day); give it a week"
          : "a nudge of \(day) waits already and goes out with the next sync")
    }
    try checkNudge(id, why).mustBeSettled(acknowledged)
    let item = ItemId(rawValue: memory.fresh("nudge"))
    memory.documents[id]?.comments.nudge(
      FakeComments.Nudge(id: item, by: me, anchor: anchor, why: why, at: memory.moment(now)))
    note(.documents, of: id)
    return item
  }

  /// What this person nudged within the week; nil if they may nudge.
  func ownNudge(_ id: DocumentId) throws(CoreError) -> OwnNudge? {
    let (document, me, now) = (try document(id), try me(), clock())
    let own = document.comments.nudges.filter { $0.by == me }
    guard let late = own.last, now.timeIntervalSince(late.at) < 7 * 24 * 60 * 60 else {
      return nil
    }
    return OwnNudge(
      id: late.id, anchor: late.anchor, why: late.why, at: late.at, waits: !late.isSent)
  }

  private func mayNudge(ownerOf plan: FakeDocument, _ me: Person) throws(CoreError) {
    try plan.members.require(.comment, of: me, "nudging its owner")
    guard plan.owner != me else {
      throw .notAllowed("this plan is yours; a nudge is for its owner")
    }
    guard me.isEducator else {
      throw .notAllowed("supervisors and fellows nudge; say it in a comment")
    }
  }

  private func mayNudge(
    whoIsAsked request: FakeRequest, _ document: FakeDocument, _ me: Person, _ anchor: String
  ) throws(CoreError) {
    try document.members.require(.own, of: me, "nudging who is asked")
    guard anchor.trimmed.isEmpty else {
      throw .unfit(.comment, "a sign-off is nudged about as a whole; name no part of it")
    }
    guard let asked = request.asked else {
      throw .notAllowed("nobody is asked; it is to be signed on this device")
    }
    guard try !signOffRequest(document.id).answers.contains(where: { $0.person == asked }) else {
      throw .notAllowed("it is answered; ask anew if you wait for more")
    }
  }
}

extension String {
  fileprivate var trimmed: String { trimmingCharacters(in: .whitespacesAndNewlines) }
}
