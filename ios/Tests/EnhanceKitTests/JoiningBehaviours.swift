import EnhanceKit
import EnhanceKitTesting
import Foundation
import Testing

extension Subject {
  /// Both hear of each other, and nobody answers anything.
  fileprivate func hear() async throws {
    for _ in 0..<2 {
      for each in [core, other] { try await each.sync() }
    }
  }

  /// A plan to which the colleague is invited.
  fileprivate func invited(_ right: Right) async throws -> DocumentId {
    let plan = try await core.createProject(title: "Falls on ward 7")
    try await core.addMember(plan, person: colleague, right: right)
    try await hear()
    return plan
  }

  fileprivate func standings(in plan: DocumentId) async throws -> [Standing] {
    try await core.project(plan).members.map(\.standing)
  }
}

extension Behaviour {
  /// Who is invited to what, who has copies, and what a device holds alone.
  static var joining: [Behaviour] { invitations + copies + devices }

  private static var invitations: [Behaviour] {
    [
      Behaviour("an invitation waits until it is accepted, and the plan comes then") { subject in
        let (core, other, plan) = (subject.core, subject.other, try await subject.invited(.edit))
        let one = try #require(try await other.invitations().first)
        #expect(one.project == plan && one.standing == .waiting && one.right == .edit)
        #expect(one.title == "Falls on ward 7" && one.inviter?.name == "Dr Ana Ruiz")
        let waits = try #require(try await other.inbox().items.first)
        #expect(waits.kind == .projectInvited && waits.document == plan)
        let seen = await error { try await other.markInboxSeen(waits.id) }
        guard case .notAllowed = seen else { return unexpected(seen) }
        let hidden = await error { try await other.project(plan) }
        guard case .notFound = hidden else { return unexpected(hidden) }
        #expect(try await subject.standings(in: plan) == [.member, .invited])
        #expect(try await core.readers(plan).count == 1)

        for _ in 0..<2 { try await other.acceptInvitation(plan) }
        let toCome = await error { try await other.project(plan) }
        guard case .gone(.project, plan, .toCome, "to_come", _) = toCome else {
          return unexpected(toCome)
        }
        try await subject.hear()
        #expect(try await other.project(plan).myRight == .edit)
        #expect(try await other.invitations().isEmpty)
        #expect(try await other.inbox().items.isEmpty)
        #expect(try await subject.standings(in: plan) == [.member, .member])
      },
      Behaviour("nothing is shared with who has left, and they are told that they have") {
        subject in
        let (core, other) = (subject.core, subject.other)
        let note = try await subject.reflect("Four falls.")
        try await subject.hear()
        try await subject.leave()
        try await core.sync()
        let refused = await error {
          try await core.shareReflection(note, with: subject.colleague)
        }
        guard case .invalidInput(.person, _, let reason) = refused,
          reason.contains("has left the programme")
        else { return unexpected(refused) }
        let asked = await error {
          try await core.requestSignOff(.reflection(id: note), with: subject.colleague)
        }
        guard case .invalidInput(.person, _, _) = asked else { return unexpected(asked) }
        let told = await error { try await other.sync() }
        guard case .refused("has_left", _) = told else { return unexpected(told) }
      },
      Behaviour("who declines is seen to, and may be invited again") { subject in
        let (core, other, plan) = (subject.core, subject.other, try await subject.invited(.read))
        try await other.declineInvitation(plan)
        try await subject.hear()
        #expect(try await other.invitations().isEmpty)
        #expect(try await subject.standings(in: plan) == [.member, .declined])
        let gone = await error { try await other.acceptInvitation(plan) }
        guard case .notFound(.invitation, _, _, _) = gone else { return unexpected(gone) }
        try await core.addMember(plan, person: subject.colleague, right: .comment)
        try await subject.hear()
        try await other.acceptInvitation(plan)
        try await subject.hear()
        #expect(try await other.project(plan).myRight == .comment)
      },
      Behaviour("who declines for good is sent nothing until they say so") { subject in
        let (core, other, plan) = (subject.core, subject.other, try await subject.invited(.read))
        try await other.declineInvitation(plan, forGood: true)
        try await subject.hear()
        #expect(try await other.invitations().map(\.standing) == [.declinedForGood])
        let refused = await error { try await other.acceptInvitation(plan) }
        guard case .notAllowed = refused else { return unexpected(refused) }
        try await core.addMember(plan, person: subject.colleague, right: .edit)
        try await subject.hear()
        #expect(try await core.quarantined().map(\.code) == ["unwelcome"])
        #expect(try await subject.standings(in: plan) == [.member, .declined])
        try await other.welcomeSender(plan)
        try await subject.hear()
        try await core.addMember(plan, person: subject.colleague, right: .edit)
        try await subject.hear()
        try await other.acceptInvitation(plan)
        try await subject.hear()
        #expect(try await subject.standings(in: plan) == [.member, .member])
      },
    ]
  }

  private static var copies: [Behaviour] {
    [
      Behaviour("copies are listed with their readers, put away, and taken back") { subject in
        let (core, other) = (subject.core, subject.other)
        let note = try await subject.reflect("Four falls.")
        let first = try await core.shareReflection(note, with: subject.colleague)
        let second = try await core.shareReflection(note, with: subject.colleague)
        try await subject.hear()
        let copies = try await core.copies(note)
        #expect(Set(copies.map(\.document)) == [first, second])
        #expect(copies.allSatisfy { $0.reader?.id == subject.colleague && $0.signOffs == 0 })
        try await other.putAway(first)
        try await subject.hear()
        let gone = await error { try await other.sharedReflection(first) }
        guard case .gone = gone else { return unexpected(gone) }
        let left = try await core.copies(note).first { $0.document == first }
        #expect(left?.standing == .left)
        let plan = try await core.deletionPreview(note)
        #expect(plan.copies.count == 2 && plan.readers.isEmpty && plan.kind == .reflection)
        #expect(Set(try await core.takeBackCopies(note)) == [first, second])
        try await subject.hear()
        #expect(try await core.copies(note).isEmpty)
        #expect(try await other.sharedWithMe().isEmpty)
      },
      Behaviour("what was signed remains when its reflection is deleted") { subject in
        let (core, other) = (subject.core, subject.other)
        let note = try await subject.reflect("Four falls.")
        try await core.shareReflection(note, with: subject.colleague)
        let request = try await core.requestSignOff(
          .reflection(id: note), with: subject.colleague)
        try await subject.hear()
        let answer = SignOffAnswer(decision: .signed, role: .educational, statement: "Well seen.")
        try await other.sign(request, answer: answer)
        try await subject.hear()
        let left = try await core.deleteWithCopies(note)
        #expect(left.map(\.document) == [request] && left.map(\.signOffs) == [1])
        let gone = await error { try await core.reflection(note) }
        guard case .gone = gone else { return unexpected(gone) }
      },
      Behaviour("files go along with an export, and are read back by another") { subject in
        let (core, other) = (subject.core, subject.other)
        let note = try await subject.reflect("The whiteboard.")
        let bytes = try Data(contentsOf: photograph)
        let file = try await core.attach(bytes, name: "board.jpg", to: .document(note))
        let sizes = try await core.exportSizes()
        #expect(sizes.files == 1 && sizes.filesHere == 1 && sizes.bytes == file.kept.bytes)
        let folder = try temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let files = folder.appending(path: "files")
        let export = try await core.exportWithFiles(to: files)
        #expect(export.files.map(\.name) == ["board.jpg"] && export.files[0].leftOut == nil)
        let path = folder.appending(path: export.files[0].path ?? "")
        #expect(try Data(contentsOf: path).count == file.kept.bytes)

        let check = try await other.checkImport(export.json, beside: folder)
        #expect(check.reflections == 1 && check.files == 1 && check.filesNotRead.isEmpty)
        let report = try await other.importWithFiles(export.json, beside: folder)
        #expect(report.reflections == 1 && report.files == 1 && report.filesNotRead.isEmpty)
        let again = try await other.importWithFiles(export.json, beside: folder)
        #expect(again.files == 0 && again.filesAlreadyHere == 1)
      },
      Behaviour("a reflection is shared with a file of it once that was acknowledged") { subject in
        let (core, other) = (subject.core, subject.other)
        let note = try await subject.reflect("The whiteboard.")
        let bytes = try Data(contentsOf: photograph)
        let file = try await core.attach(bytes, name: "board.jpg", to: .document(note))
        let nothing = try await core.checkBeforeSharing(note).acknowledgement
        let refused = await error {
          try await core.shareReflectionWithFiles(
            note, with: subject.colleague, files: [file.id], acknowledged: nothing)
        }
        guard case .notAllowed("unacknowledged", _) = refused else { return unexpected(refused) }
        let check = try await core.checkBeforeSharingWithFiles(note, files: [file.id])
        #expect(check.probable.map(\.kind) == [.unseenFile])
        let copy = try await core.shareReflectionWithFiles(
          note, with: subject.colleague, files: [file.id], acknowledged: check.acknowledgement)
        try await subject.hear()
        let there = try #require(try await other.attachments(.document(copy)).first)
        #expect(there.name == "board.jpg")
        let got = try await other.fetchAttachment(.document(copy), id: there.id)
        #expect(got.count == file.kept.bytes)
      },
    ]
  }

  private static var devices: [Behaviour] {
    [
      Behaviour("a person's devices are listed and named") { subject in
        let core = subject.core
        let device = try #require(try await core.account()).device
        #expect(try await core.devices().filter(\.isThis).map(\.id) == [device])
        let named = try await core.renameDevice(device, to: " Ana's phone ")
        #expect(named.map(\.name) == ["Ana's phone"])
        let nameless = await error { try await core.renameDevice(device, to: " \n ") }
        guard case .invalidInput(.title, _, _) = nameless else { return unexpected(nameless) }
        let held = await error { try await core.signOutDevice(device) }
        guard case .notAllowed = held else { return unexpected(held) }
        #expect(try await core.addPerson(subject.colleague).id == subject.colleague)
        #expect(try await core.heldBy(try await subject.reflect("Four falls.")) == nil)
      },
      Behaviour("who signs out is told what would be lost, and what watches ends") { subject in
        let core = subject.core
        try await core.sync()
        let id = try await subject.reflect("Four falls.")
        let shown = try await core.reflection(id).version
        let typing = core.typing(id, field: .answer("what"), base: shown, pause: .seconds(600))
        typing.typed("Five falls.")
        let unsent = try await core.unsent()
        #expect(unsent.documents == 1 && unsent.drafts == 1 && unsent.files == 0)
        let refused = await error { try await core.signOut() }
        guard case .unsent(unsent, "unsent", _) = refused else { return unexpected(refused) }
        try await typing.settle()
        try await core.sync()
        #expect(try await core.unsent().confirmation == nil)

        var screen = core.watchReflections().makeAsyncIterator()
        #expect(try await screen.next()?.count == 1)
        #expect(try await core.signOut().serverTold)
        for ended in [
          await error { try await screen.next() }, await error { try await core.account() },
          await error { try await core.sync() }, await error { try await core.resumeCore() },
        ] {
          guard case .signedOut = ended else { return unexpected(ended) }
        }
      },
    ]
  }
}
