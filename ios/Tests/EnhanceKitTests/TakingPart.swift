import EnhanceKit
import Foundation
import Testing

extension Subject {
  /// A plan of the trainee's in which the colleague may do this, on both phones.
  fileprivate func shared(_ right: Right) async throws -> DocumentId {
    let plan = try await core.createProject(title: "Falls on ward 7")
    try await core.addMember(plan, person: colleague, right: right)
    try await meet()
    return plan
  }

  fileprivate func me() async throws -> PersonId {
    try #require(try await core.account()).person.id
  }

  /// That a core refuses something because this person may not.
  fileprivate func forbidden<Value>(
    _ work: () async throws -> Value, sourceLocation: SourceLocation = #_sourceLocation
  ) async {
    let refused = await error(of: work, sourceLocation: sourceLocation)
    guard case .notAllowed = refused else {
      return unexpected(refused, sourceLocation: sourceLocation)
    }
  }

  fileprivate func problem(
    _ core: any LearningCoreProtocol, _ plan: DocumentId
  ) async throws -> String {
    try await core.project(plan).project.sections[.problem] ?? ""
  }
}

private func problem(_ text: String) -> [ProjectEdit] { [.section(section: .problem, text: text)] }

extension Behaviour {
  /// What two people who take part in a plan do with it, and with each other.
  static var takingPart: [Behaviour] { writingTogether + handingOver }

  private static var writingTogether: [Behaviour] {
    [
      Behaviour("what one writes the other reads, and whose words they are") { subject in
        let (core, plan) = (subject.core, try await subject.shared(.edit))
        try await subject.other.editProject(plan, base: nil, edits: problem("Patients fall."))
        try await subject.meet()
        #expect(try await subject.problem(core, plan) == "Patients fall.")
        let authors = try await core.textAuthors(plan, field: .section(.problem))
        #expect(authors.map(\.by?.id) == [subject.colleague])
        #expect(try await core.history(plan).last?.by?.id == subject.colleague)
        #expect(try await core.sittings(plan).first?.by?.id == subject.colleague)
        #expect(try await core.sittings(plan).last?.by?.id == subject.me())
      },
      Behaviour("what one types the other does not read before it is settled") { subject in
        let (core, other, plan) = (subject.core, subject.other, try await subject.shared(.edit))
        let shown = try await other.project(plan).version
        try await other.autosave(
          plan, field: .section(.problem), base: shown, text: "Patients fa")
        try await subject.meet()
        #expect(try await core.project(plan).drafts.isEmpty)
        #expect(try await subject.problem(core, plan).isEmpty)
        #expect(try await core.unsettled().isEmpty)
        #expect(try await other.unsettled() == [plan])
        try await other.settle(plan)
        try await subject.meet()
        #expect(try await subject.problem(core, plan) == "Patients fa")
      },
      Behaviour("a reflection is its author's alone, and a copy its reader's too") { subject in
        let (core, id) = (subject.core, try await subject.reflect("Four falls."))
        let copy = try await core.shareReflection(id, with: subject.colleague)
        try await subject.meet()
        let refused = await error { try await subject.other.reflection(id) }
        guard case .notFound = refused else { return unexpected(refused) }
        #expect(try await subject.other.sharedWithMe().map(\.id) == [copy])
        #expect(try await subject.other.sharedByMe().isEmpty)
        try await subject.other.markSeen(copy)
        try await subject.meet()
        #expect(try await core.status(copy).seenBy.map(\.person.id) == [subject.colleague])
      },
      Behaviour("each does what they have a right to") { subject in
        let (core, other, plan) = (subject.core, subject.other, try await subject.shared(.read))
        let me = try await subject.me()
        await subject.forbidden { try await other.comment(plan, body: "Which ward?") }
        try await core.addMember(plan, person: subject.colleague, right: .comment)
        try await subject.meet()
        try await other.comment(plan, body: "Which ward?")
        await subject.forbidden {
          try await other.editProject(plan, base: nil, edits: problem("Mine."))
        }
        await subject.forbidden { try await other.addMember(plan, person: me, right: .read) }
        await subject.forbidden { try await other.removeMember(plan, person: me) }
        await subject.forbidden { try await other.delete(plan) }
        for (person, right) in [(subject.colleague, Right.own), (me, .read)] {
          let refused = await error {
            try await core.addMember(plan, person: person, right: right)
          }
          guard case .invalidInput = refused else { return unexpected(refused) }
        }
      },
      Behaviour("a comment is changed by who made it, and by nobody else") { subject in
        let (core, other, plan) = (subject.core, subject.other, try await subject.shared(.comment))
        let comment = try await other.comment(plan, body: "Which ward?")
        try await subject.meet()
        let read = try await core.project(plan).comments
        #expect(read.map(\.mine) == [false] && read.map(\.by?.id) == [subject.colleague])
        let takingBack = CommentEdit.takeBack(id: comment, at: .now)
        let refused = await error { try await core.editComments(plan, edits: [takingBack]) }
        guard case .notFound(.comment, _, _, _) = refused else { return unexpected(refused) }
        try await other.editComments(plan, edits: [takingBack])
        try await subject.meet()
        #expect(try await core.project(plan).comments.isEmpty)
        try await other.editComments(plan, edits: [.putBack(id: comment)])
        try await subject.meet()
        #expect(try await core.project(plan).comments == read)
      },
    ]
  }

  private static var handingOver: [Behaviour] {
    [
      Behaviour("an offered plan belongs to who accepts it, and who had it reads on") { subject in
        let (core, other, plan) = (subject.core, subject.other, try await subject.shared(.edit))
        let (me, colleague) = (try await subject.me(), subject.colleague)
        try await core.offerOwnership(plan, to: colleague)
        try await subject.meet()
        #expect(try await other.project(plan).offeredTo?.id == colleague)
        #expect(try await core.project(plan).myRight == .own)
        #expect(try await other.project(plan).myRight == .edit)
        try await other.acceptOwnership(plan)
        #expect(try await other.project(plan).myRight == .own)
        try await subject.meet()
        for each in [core, other] {
          let shown = try await each.project(plan)
          #expect(shown.members.map(\.person.id) == [colleague, me])
          #expect(shown.members.map(\.right) == [.own, .read] && shown.offeredTo == nil)
          #expect(try await each.projects().map(\.owner?.id) == [colleague])
        }
        #expect(try await core.project(plan).myRight == .read)
        await subject.forbidden {
          try await core.editProject(plan, base: nil, edits: problem("Mine."))
        }
        await subject.forbidden { try await core.offerOwnership(plan, to: colleague) }
        await subject.forbidden { try await core.deleteForEverybody(plan) }
        try await core.leaveProject(plan)
        try await subject.meet()
        #expect(try await other.project(plan).members.takingPart == [colleague])
      },
      Behaviour("nobody takes a plan that is not offered to them") { subject in
        let (core, other, plan) = (subject.core, subject.other, try await subject.shared(.edit))
        let (me, colleague) = (try await subject.me(), subject.colleague)
        await subject.forbidden { try await other.acceptOwnership(plan) }
        await subject.forbidden { try await core.acceptOwnership(plan) }
        await subject.forbidden { try await other.offerOwnership(plan, to: me) }
        try await core.offerOwnership(plan, to: colleague)
        #expect(try await core.project(plan).offeredTo?.id == colleague)
        try await core.addMember(plan, person: colleague, right: .edit)
        #expect(try await core.project(plan).offeredTo == nil)
        try await subject.meet()
        await subject.forbidden { try await other.acceptOwnership(plan) }
        try await core.removeMember(plan, person: colleague)
        let refused = await error { try await core.offerOwnership(plan, to: colleague) }
        guard case .notFound(.member, _, _, _) = refused else { return unexpected(refused) }
      },
      Behaviour("who leaves a plan takes nothing from the others") { subject in
        let (core, other, plan) = (subject.core, subject.other, try await subject.shared(.edit))
        await subject.forbidden { try await core.leaveProject(plan) }
        try await other.editProject(plan, base: nil, edits: problem("Patients fall."))
        try await other.leaveProject(plan)
        try await subject.meet()
        let gone = await error { try await other.project(plan) }
        guard case .gone(.project, plan, .revoked, "revoked", _) = gone else {
          return unexpected(gone)
        }
        #expect(try await other.projects().isEmpty)
        #expect(try await subject.problem(core, plan) == "Patients fall.")
        #expect(try await core.project(plan).members.takingPart == [subject.me()])
        try await core.addMember(plan, person: subject.colleague, right: .read)
        try await subject.meet()
        #expect(try await other.project(plan).myRight == .read)
      },
      Behaviour("a plan that others read is deleted for everybody, or not at all") { subject in
        let (core, other, plan) = (subject.core, subject.other, try await subject.shared(.read))
        let refused = await error { try await core.delete(plan) }
        guard case .notAllowed("still_read", let reason) = refused else {
          return unexpected(refused)
        }
        #expect(reason.contains("Dr Ben Okoro"), "\(reason)")
        await subject.forbidden { try await other.deleteForEverybody(plan) }
        try await core.deleteForEverybody(plan)
        try await subject.meet()
        for each in [core, other] {
          let gone = await error { try await each.project(plan) }
          guard case .gone(_, plan, .deleted, "deleted", _) = gone else {
            return unexpected(gone)
          }
        }
      },
    ]
  }
}
