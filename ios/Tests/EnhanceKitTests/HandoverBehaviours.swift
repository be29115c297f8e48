import EnhanceKit
import Foundation
import Testing

private let mrs = "Mrs Okafor fell twice."

extension Subject {
  /// A plan of the trainee's in which the colleague takes part.
  fileprivate func shared(_ right: Right = .edit) async throws -> DocumentId {
    try await meet()
    let plan = try await core.createProject(title: "Falls on ward 7")
    try await core.addMember(plan, person: colleague, right: right)
    try await meet()
    return plan
  }

  fileprivate func kinds(_ who: any LearningCoreProtocol) async throws -> [InboxKind] {
    try await who.inbox().items.map(\.kind)
  }
}

extension Behaviour {
  /// Whose a plan is, who may begin to read it, and who has it open.
  static var membership: [Behaviour] { handover + inviting + company }

  private static var handover: [Behaviour] {
    [
      Behaviour("a plan that is declined stays with its owner, who is told") { subject in
        let (core, other, plan) = (subject.core, subject.other, try await subject.shared())
        try await core.offerOwnershipKeeping(plan, to: subject.colleague, keeps: .comment)
        try await subject.meet()
        for each in [core, other] {
          let offer = try #require(try await each.project(plan).handover)
          #expect(offer.to.id == subject.colleague && offer.keeps == .comment)
          #expect(!offer.declined && !offer.byOrganisation)
        }
        #expect(try await subject.kinds(other) == [.handoverOffered])
        try await other.declineOwnership(plan)
        try await subject.meet()
        #expect(try await core.project(plan).handover?.declined == true)
        #expect(try await core.project(plan).offeredTo == nil)
        #expect(try await core.project(plan).myRight == .own)
        #expect(try await !subject.kinds(other).contains(.handoverOffered))
        let told = try #require(try await core.inbox().items.first)
        #expect(told.kind == .handoverDeclined && told.document == plan)
        try await core.markInboxSeen(told.id)
        #expect(try await core.inbox().items.isEmpty)
        let late = await error { try await other.acceptOwnership(plan) }
        guard case .notAllowed = late else { return unexpected(late) }
      },
      Behaviour("who hands a plan over keeps what the offer says") { subject in
        let (core, other, plan) = (subject.core, subject.other, try await subject.shared())
        let all = await error {
          try await core.offerOwnershipKeeping(plan, to: subject.colleague, keeps: .own)
        }
        guard case .invalidInput(.right, _, _) = all else { return unexpected(all) }
        try await core.offerOwnershipKeeping(plan, to: subject.colleague, keeps: .edit)
        try await subject.meet()
        try await other.acceptOwnership(plan)
        try await subject.meet()
        #expect(try await core.project(plan).myRight == .edit)
        #expect(try await other.project(plan).myRight == .own)
        #expect(try await other.project(plan).handover == nil)
      },
      Behaviour("an offer is taken back as long as nobody has answered") { subject in
        let (core, other, plan) = (subject.core, subject.other, try await subject.shared())
        let none = await error { try await core.withdrawOffer(plan) }
        guard case .notAllowed = none else { return unexpected(none) }
        try await core.offerOwnership(plan, to: subject.colleague)
        try await subject.meet()
        let strange = await error { try await other.withdrawOffer(plan) }
        guard case .notAllowed = strange else { return unexpected(strange) }
        try await core.withdrawOffer(plan)
        try await subject.meet()
        #expect(try await other.project(plan).handover == nil)
        #expect(try await subject.kinds(other).isEmpty)
        let late = await error { try await other.acceptOwnership(plan) }
        guard case .notAllowed = late else { return unexpected(late) }
      },
    ]
  }

  private static var inviting: [Behaviour] {
    [
      Behaviour("a plan with a name in it is shown to nobody before that was seen") { subject in
        let core = subject.core
        try await subject.meet()
        let plan = try await core.createProject(title: "Falls on ward 7")
        let edits = [ProjectEdit.section(section: .problem, text: mrs)]
        try await core.editProject(plan, base: nil, edits: edits)
        let refused = await error {
          try await core.addMember(plan, person: subject.colleague, right: .read)
        }
        guard case .notAllowed("unacknowledged", _) = refused else { return unexpected(refused) }
        #expect(try await core.project(plan).members.count == 1)
        let seen = try await core.checkBeforeSharing(plan).acknowledgement
        try await core.addMemberAcknowledged(
          plan, person: subject.colleague, right: .read, acknowledged: seen)
        try await subject.meet()
        // Who reads it already is given another right without being asked again.
        try await core.addMember(plan, person: subject.colleague, right: .edit)
        #expect(try await core.project(plan).members.map(\.right) == [.own, .edit])
      },
      Behaviour("a reflection that somebody has as it is now is told of") { subject in
        let core = subject.core
        try await subject.meet()
        let note = try await subject.reflect("Four falls.")
        #expect(try await core.sameCopy(note, with: subject.colleague) == nil)
        let copy = try await core.shareReflection(note, with: subject.colleague)
        #expect(try await core.sameCopy(note, with: subject.colleague)?.document == copy)
        let edits = [ReflectionEdit.answer(prompt: "what", text: "Five falls.")]
        try await core.editReflection(note, base: nil, edits: edits)
        #expect(try await core.sameCopy(note, with: subject.colleague) == nil)
      },
      Behaviour("a file that is attached already is told of") { subject in
        let core = subject.core
        let note = EvidenceSource.document(try await subject.reflect("The whiteboard."))
        let bytes = try Data(contentsOf: photograph)
        #expect(try await core.sameAttachment(bytes, of: note) == nil)
        let file = try await core.attach(bytes, name: "board.jpg", to: note)
        #expect(try await core.sameAttachment(bytes, of: note)?.id == file.id)
      },
    ]
  }

  private static var company: [Behaviour] {
    [
      Behaviour("who has a plan open sees who else has, and where") { subject in
        let (core, other, plan) = (subject.core, subject.other, try await subject.shared())
        let syncing = [core, other].map { each in Task { try await each.keepInSync() } }
        defer { for each in syncing { each.cancel() } }
        let heard = Heard<[PresentView]>()
        let watching = Task {
          for try await company in core.watchCompany(plan) { heard.append(company) }
        }
        defer { watching.cancel() }
        try await core.enter(plan, place: "problem")
        #expect(try await core.company(plan).isEmpty)
        try await other.enter(plan, place: "why_here")
        try await wait { heard.all.last?.map(\.person.id) == [subject.colleague] }
        #expect(heard.all.last?.map(\.place) == ["why_here"])
        try await other.stepOut()
        try await wait { heard.all.last?.isEmpty == true }
        let field = await TextFieldBinding(other, id: plan, field: .section(.handover))
        let showing = Task { await field.show() }
        try await wait { heard.all.last?.map(\.place) == ["handover"] }
        showing.cancel()
        await showing.value
        let nowhere = await error { try await core.enter(plan, place: "no such place") }
        guard case .invalidInput = nowhere else { return unexpected(nowhere) }
        let hidden = await error { try await core.enter(subject.missing, place: "problem") }
        guard case .notFound = hidden else { return unexpected(hidden) }
      }
    ]
  }
}
