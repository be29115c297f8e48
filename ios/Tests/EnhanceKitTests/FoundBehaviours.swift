import EnhanceKit
import EnhanceKitTesting
import Foundation
import Testing

extension Behaviour {
  private static let telling = "Mrs Okafor fell."

  /// What may tell who somebody is, and where hosts hear of it.
  static var found: [Behaviour] { ofPlans + ofFiles }

  private static var ofPlans: [Behaviour] {
    [
      Behaviour("what is said where nobody else reads it is asked about when somebody is let in") {
        subject in
        let (core, plan) = (subject.core, try await subject.core.createProject(title: "Falls"))
        #expect(try await core.checkBeforeSaying(plan, words: [telling]).probable.isEmpty)
        let comment = try await core.commentAt(plan, part: "", body: telling)
        let refused = await error {
          try await core.addMember(plan, person: subject.colleague, right: .comment)
        }
        guard case .notAllowed("unacknowledged", _) = refused else { return unexpected(refused) }
        let check = try await core.checkBeforeSharing(plan)
        #expect(check.findings.map(\.place) == [.item(what: .comment, id: comment)])
        try await core.addMemberAcknowledged(
          plan, person: subject.colleague, right: .comment, acknowledged: check.acknowledgement)
        let other = await error {
          try await core.commentAt(plan, part: "", body: "Mr Smith fell.")
        }
        guard case .notAllowed("unacknowledged", _) = other else { return unexpected(other) }
        #expect(try await core.checkBeforeSharing(plan).findings.isEmpty)
      },
      Behaviour("what a plan tells its readers is said at once and stops nobody") { subject in
        let (core, plan) = (subject.core, try await subject.core.createProject(title: "Falls"))
        try await core.editProject(plan, base: nil, edits: [problem(telling)])
        #expect(try await core.findings(of: plan).isEmpty)
        let seen = try await core.checkBeforeSharing(plan).acknowledgement
        try await core.addMemberAcknowledged(
          plan, person: subject.colleague, right: .edit, acknowledged: seen)
        let found = try await core.findings(of: plan)
        #expect(found.map(\.place) == [.section(.problem)])
        #expect(found.map(\.text) == ["Mrs Okafor"])
        try await core.editProject(plan, base: nil, edits: [problem("A patient fell.")])
        #expect(try await core.findings(of: plan).isEmpty)
        let note = try await subject.reflect(telling)
        let none = await error { try await core.findings(of: note) }
        guard case .notFound = none else { return unexpected(none) }
      },
    ]
  }

  private static var ofFiles: [Behaviour] {
    [
      Behaviour("the name of a file is looked through before it is attached and shared") {
        subject in
        let (core, note) = (subject.core, try await subject.reflect("The whiteboard."))
        let (bytes, name) = (try Data(contentsOf: photograph), "Mrs Okafor.jpg")
        #expect(try await core.checkAttachment(bytes, name: "board.jpg").found.isEmpty)
        let found = try await core.checkAttachment(bytes, name: name).found
        #expect(found.map(\.place) == [.fileName(name)])
        #expect(found.map(\.text) == ["Mrs Okafor"])
        let file = try await core.attach(bytes, name: name, to: .document(note))
        #expect(file.kept.found == found)
        let check = try await core.checkBeforeSharingWithFiles(note, files: [file.id])
        #expect(Set(check.probable.map(\.kind)) == [.titleName, .unseenFile])
        try await core.shareReflectionWithFiles(
          note, with: subject.colleague, files: [file.id], acknowledged: check.acknowledgement)
      },
      Behaviour("one very long word is looked through once") { subject in
        let long = String(repeating: "a", count: 39_000)
        let (core, plan) = (subject.core, try await subject.core.createProject(title: "Falls"))
        let texts = ProjectSection.allCases.prefix(5).map { section in
          ProjectEdit.section(section: section, text: long)
        }
        let address = ProjectEdit.setting(setting: "or ana.ruiz@nhs.example")
        try await core.editProject(plan, base: nil, edits: texts + [address])
        let before = clock()
        let check = try await core.checkBeforeSharing(plan)
        #expect(check.findings.map(\.text) == ["ana.ruiz@nhs.example"])
        // Of processors, of which POSIX counts a million in a second: other programs do not count.
        #expect(clock() - before < 20_000_000)
      },
    ]
  }

  private static func problem(_ text: String) -> ProjectEdit {
    .section(section: .problem, text: text)
  }
}
