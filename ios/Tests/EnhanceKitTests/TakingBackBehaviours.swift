import EnhanceKit
import Foundation
import Testing

private let signed = SignOffAnswer(decision: .signed, role: .clinical, statement: "Well done.")

extension Subject {
  /// A reflection, and a request to the colleague to sign it, on both phones.
  fileprivate func asked() async throws -> (DocumentId, DocumentId) {
    try await meet()
    let note = try await reflect("Four falls.")
    let request = try await core.requestSignOff(.reflection(id: note), with: colleague)
    try await meet()
    return (note, request)
  }
}

extension Behaviour {
  /// What becomes of a sign-off after it was asked for.
  static var afterAsking: [Behaviour] { takingBack + waitingFor + asEvidence }

  private static var takingBack: [Behaviour] {
    [
      Behaviour("what was asked to be signed is taken back, once") { subject in
        let (core, other, (_, request)) = (subject.core, subject.other, try await subject.asked())
        let strange = await error { try await other.takeBackSignOff(request) }
        guard case .notAllowed = strange else { return unexpected(strange) }
        #expect(try await core.takeBackSignOff(request))
        #expect(try await !core.takeBackSignOff(request))
        try await subject.meet()
        #expect(try await other.signOffsAskedOfMe().isEmpty)
        #expect(try await other.inbox().items.isEmpty)
        let late = await error { try await other.sign(request, answer: signed) }
        guard case .gone = late else { return unexpected(late) }
      },
      Behaviour("an answer is evidence, and goes only if that is said") { subject in
        let (core, (_, request)) = (subject.core, try await subject.asked())
        try await subject.other.sign(request, answer: signed)
        try await subject.meet()
        let refused = await error { try await core.takeBackSignOff(request) }
        guard case .notAllowed = refused else { return unexpected(refused) }
        #expect(try await core.signOffRequest(request).standing == .signed)
        #expect(try await core.takeBackSignOff(request, withAnswers: true))
        #expect(try await core.signOffsAskedByMe().isEmpty)
      },
      Behaviour("what was signed of a deleted reflection says that it is gone") { subject in
        let (core, (note, request)) = (subject.core, try await subject.asked())
        try await subject.other.sign(request, answer: signed)
        try await subject.meet()
        try await core.delete(note)
        #expect(try await core.changedSinceSignOff(request) == .deleted)
      },
      Behaviour("without an export that was read back no sign-off is kept") { subject in
        let core = subject.core
        #expect(try await core.keptSignOffs().isEmpty)
        let item = try await core.newItemId()
        let none = await error { try await core.exportKeptSignOff(item) }
        guard case .notFound = none else { return unexpected(none) }
      },
    ]
  }

  private static var waitingFor: [Behaviour] {
    [
      Behaviour("who waits for a sign-off nudges who is asked") { subject in
        let (core, other, (_, request)) = (subject.core, subject.other, try await subject.asked())
        let named = "Mrs Okafor asked for you."
        let refused = await error { try await core.nudge(request, why: named) }
        guard case .notAllowed("unacknowledged", _) = refused else { return unexpected(refused) }
        let check = try await core.checkBeforeNudge(request, why: named)
        #expect(check.findings.map(\.text) == ["Mrs Okafor"])
        try await core.nudgeAcknowledged(
          request, anchor: "", why: named, acknowledged: check.acknowledgement)
        try await subject.meet()
        let waits = Set(try await other.inbox().items.map(\.kind))
        #expect(waits == [.signOffAsked, .nudge])
        let part = await error { try await core.nudge(request, anchor: "what", why: "Please.") }
        guard case .invalidInput(.comment, _, _) = part else { return unexpected(part) }
        let again = await error { try await core.nudge(request, why: "It closes on Friday.") }
        guard case .notAllowed = again else { return unexpected(again) }
        let strange = await error { try await other.nudge(request, why: "Please.") }
        guard case .notAllowed = strange else { return unexpected(strange) }
      }
    ]
  }

  private static var asEvidence: [Behaviour] {
    [
      Behaviour("only a sign-off says that a supervisor agrees") { subject in
        let (core, (note, request)) = (subject.core, try await subject.asked())
        let link = EvidenceLink(
          evidence: .document(note), statement: .capability("fpc-9"), justification: "I asked.",
          agreement: .agreed)
        let id = try await core.newItemId()
        try await core.editRecord(link.adding(id))
        #expect(try await core.coverage().capabilities.map(\.cover) == [.thin])
        let own = try #require(try await core.evidence().first)
        #expect(own.id == id && !own.isGone)
        #expect(own.agreement.hasPrefix("the trainee says that"))
        #expect(try await core.warningsAbout(id).count == 1)
        try await subject.other.sign(request, answer: signed)
        try await subject.meet()
        #expect(try await core.coverage().capabilities.map(\.cover) == [.thin])
        let claim = try #require(try await core.evidence().first).agreement
        #expect(claim.hasPrefix("signed by Dr Ben"))
        let reason = "it covers nothing alone, since supervision follows from placements"
        #expect(claim.hasSuffix(reason))
        try await subject.name(subject.colleague)
        #expect(try await core.coverage().capabilities.map(\.cover) == [.covered])
        let said = try #require(try await core.evidence().first).agreement
        #expect(said.contains("clinical supervisor, as the placement names them"))
        // What she says herself is still no more than that.
        #expect(try await core.warningsAbout(id).count == 1)
        #expect(try await core.deletionPreview(note).evidence == [id])
      },
      Behaviour("one piece that is linked twice counts once") { subject in
        let core = subject.core
        let note = try await subject.reflect("Four falls.")
        for why in ["I asked.", "I asked again."] {
          let link = EvidenceLink(
            evidence: .document(note), statement: .capability("fpc-9"), justification: why)
          try await core.editRecord(link.adding(core.newItemId()))
        }
        let covers = try await core.coverage().capabilities
        #expect(covers.map(\.cover) == [.thin] && covers.map(\.links.count) == [1])
      },
      Behaviour("the journeys of patients are looked through, together or alone") { subject in
        let core = subject.core
        let (first, second) = (try await core.newItemId(), try await core.newItemId())
        try await core.editRecord(
          PatientJourney(title: "Mrs Okafor goes home").adding(first)
            + PatientJourney(title: "A fall at night").adding(second))
        #expect(try await core.checkJourneys(only: nil).findings.count == 1)
        #expect(try await core.checkJourneys(only: first).findings.map(\.text) == ["Mrs Okafor"])
        #expect(try await core.checkJourneys(only: second).findings.isEmpty)
      },
    ]
  }
}
