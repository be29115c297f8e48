import EnhanceKit
import Foundation

/// What is known of what is given as evidence beside the record, which is the trainee's own word.
struct FakeStanding {
  /// What a supervisor said of something by a sign-off of it.
  struct Answer {
    /// Signed is agreed; returned is not.
    let agreement: EvidenceAgreement
    let by: String
    let on: CalendarDate
    /// Whether a placement of that day names them as a supervisor of the trainee.
    let isNamed: Bool
    /// Whether it still is as it was signed.
    let isAsSigned: Bool
    /// Whether it was given there and then on the trainee's own phone, which is said wherever it
    /// counts.
    let isWitnessed: Bool

    /// What it says of the evidence. Who supervises follows from placements.
    var counted: EvidenceAgreement? {
      isAsSigned && (isNamed || agreement == .notAgreed) ? agreement : nil
    }
  }

  var deleted: Set<DocumentId> = []
  /// Copies that were shared, each with what it is a copy of: together they are one piece.
  var copies: [DocumentId: DocumentId] = [:]
  var answers: [EvidenceSource: Answer] = [:]

  /// What a supervisor says of it. The trainee may say that somebody did not agree; that somebody
  /// did is not hers to say.
  func agreement(_ link: EvidenceLink) -> EvidenceAgreement? {
    if let counted = answers[link.evidence]?.counted { return counted }
    return link.agreement == .notAgreed ? .notAgreed : nil
  }

  /// Whether these links count as agreed to by witnessed sign-offs alone.
  func isWitnessed(_ links: [EvidenceLink]) -> Bool {
    let agreed = links.filter { agreement($0) == .agreed }
    return !agreed.isEmpty && agreed.allSatisfy { answers[$0.evidence]?.isWitnessed == true }
  }

  /// The piece of evidence that this is: of a copy, what it is a copy of.
  func piece(_ source: EvidenceSource) -> EvidenceSource {
    guard case .document(let id) = source else { return source }
    return .document(copies[id] ?? id)
  }
}

extension Shelf {
  var standing: FakeStanding {
    var standing = FakeStanding(deleted: Set(memory.deleted.keys))
    for document in here {
      for copy in document.copies { standing.copies[copy] = document.id }
    }
    // Of several the last one stands, of those first whom placements name.
    let all = (signedHere() + signedBefore()).filter { $0.signOff.answer.role.supervises }
    let ordered = all.map { (role: role(of: $0.signOff, isTrainee: true), said: $0) }.sorted {
      let (one, other) = ($0.role.isOfSupervisor, $1.role.isOfSupervisor)
      return one == other ? $0.said.signOff.at < $1.said.signOff.at : !one
    }
    for (role, said) in ordered {
      for source in said.subject.sources(shown: record.shown) {
        standing.answers[source] = answer(said, role)
      }
    }
    return standing
  }

  private typealias Said = (signOff: FakeSignOff, subject: SignOffSubject, isAsSigned: Bool)

  private func signedHere() -> [Said] {
    here.compactMap { document in
      guard case .signOff(let signOff) = document.content,
        case .request(let request) = memory.documents[signOff.request]?.content,
        memory.documents[signOff.request]?.owner == account?.person
      else { return nil }
      let isAsSigned = (try? changedSinceSignOff(signOff.request)) == .unchanged
      return (signOff, request.subject, isAsSigned)
    }
  }

  /// What was read back from an export counts as it did there.
  private func signedBefore() -> [Said] {
    let standing = kept.filter { !isSuperseded($0) }
    return standing.map { ($0.taken.signOff, subjectHere($0), changed($0) == .unchanged) }
  }

  private func answer(_ said: Said, _ role: FakeRole) -> FakeStanding.Answer {
    let isWitnessed = said.signOff.witnessed != nil
    let witnessed = isWitnessed ? ", \(FakeSignOff.witnessedInWords)" : ""
    return FakeStanding.Answer(
      agreement: said.signOff.answer.decision == .signed ? .agreed : .notAgreed,
      by: "\(said.signOff.signer), \(role.inWords)\(witnessed)",
      on: CalendarDate(inLondon: said.signOff.at), isNamed: role.isOfSupervisor,
      isAsSigned: said.isAsSigned, isWitnessed: isWitnessed)
  }

  /// Everything that is given as evidence, oldest first.
  func evidence() throws(CoreError) -> [EvidenceView] {
    _ = try me()
    let (shown, standing) = (record.shown, standing)
    return shown.evidence.map { one in
      EvidenceView(
        id: one.id, link: one.link, shown: inWords(one.link.evidence, shown),
        isGone: shown.isGone(one.link.evidence, standing),
        agreement: agreement(one.link, standing))
    }
  }

  private func inWords(_ source: EvidenceSource, _ shown: PersonalRecord) -> String {
    switch source {
    case .document(let id):
      guard let document = try? document(id) else { return id.rawValue }
      return "\(Noun(document.kind)): \(document.listedTitle)"
    case .item(let item):
      let words = shown.itemTexts.first { $0.id == item }?.texts.first { !$0.isEmpty }
      return words ?? shown.takenBack.first { $0.id == item }?.thing.label ?? item.rawValue
    }
  }

  private func agreement(_ link: EvidenceLink, _ standing: FakeStanding) -> String {
    if let answer = standing.answers[link.evidence] {
      let said = answer.agreement == .agreed ? "signed" : "returned"
      let since = answer.isAsSigned ? "" : "; changed since"
      let unnamed = "; it covers nothing alone, since supervision follows from placements"
      let worth = answer.agreement == .agreed && !answer.isNamed ? unnamed : ""
      return "\(said) by \(answer.by), \(answer.on)\(since)\(worth)"
    }
    guard let agreement = link.agreement else { return "" }
    let who = link.agreedBy.flatMap { try? person($0) }?.name ?? "a supervisor"
    let said = agreement == .agreed ? "agreed" : "did not agree"
    return "the trainee says that \(who) \(said); no sign-off says so"
  }

  /// Of what the core tells, what concerns evidence, deadlines, days away and hours.
  func warnings(about id: ItemId) throws(CoreError) -> [String] {
    _ = try me()
    let shown = record.shown
    if let deadline = shown.deadlines.of(id)?.deadline, deadline.at < today {
      return ["Look again: \(deadline.at.inWords) is over already."]
    }
    let away = shown.awayWarnings(about: id) + shown.hoursWarnings(about: id)
    guard let link = shown.evidence.of(id)?.link else { return away }
    let standing = standing
    let isTwice = shown.evidence.contains { other in
      other.id != id && other.link.statement == link.statement
        && standing.piece(other.link.evidence) == standing.piece(link.evidence)
    }
    let twice = "This is given as evidence for \(link.statement.key) already, and counts once."
    let ownWord =
      "What your supervisor says is noted as your word, and covers nothing. "
      + "Their sign-off of the evidence says it for them."
    return (isTwice ? [twice] : []) + (link.agreement == nil ? [] : [ownWord])
  }

  /// Looks through the journeys of patients, or through one of them or one step.
  func checkJourneys(_ only: ItemId?) throws(CoreError) -> SharingCheck {
    _ = try me()
    let shown = record.shown
    let isMeant = { (id: ItemId, journey: ItemId) in only == nil || only == id || only == journey }
    let journeys = shown.journeys.filter { isMeant($0.id, $0.id) }.map {
      (Noun.patientJourney, $0.id)
    }
    let steps = shown.steps.filter { isMeant($0.id, $0.step.journey) }.map {
      (Noun.journeyStep, $0.id)
    }
    let texts = Dictionary(shown.itemTexts.map { ($0.id, $0.texts) }) { $1 }
    let all = (journeys + steps).map { noun, id in
      (place: TextPlace.item(what: noun, id: id), text: (texts[id] ?? []).joined(separator: "\n"))
    }
    return check(all, of: nil)
  }
}

extension SignOffSubject {
  /// What is given as evidence where this is.
  fileprivate func sources(shown: PersonalRecord) -> [EvidenceSource] {
    switch self {
    case .reflection(let id), .sharedReflection(let id), .project(let id): [.document(id)]
    case .sessions(let ids): ids.map { .item($0) }
    case .module(let key):
      shown.modulesCompleted.filter { $0.completion.module == key }.map { .item($0.id) }
    }
  }
}

extension EvidenceStatement {
  fileprivate var key: String {
    switch self {
    case .outcome(let key), .capability(let key): key
    }
  }
}
