import EnhanceKit
import Foundation
import Testing

private let noon = Date(timeIntervalSince1970: 1_790_000_000)

extension Behaviour {
  /// Change projects, and who takes part in them.
  static var projects: [Behaviour] {
    [
      Behaviour("a project grows, and is read as it was") { subject in
        let core = subject.core
        let id = try await core.createProject(title: "Falls on ward 7", topic: "sys")
        let begun = try await core.project(id).version
        let (cycle, measure) = (try await core.newItemId(), try await core.newItemId())
        #expect(cycle != measure)
        let falls = Measure(name: "Falls", definition: "Each fall", unit: .count)
        let move = StatusMove(to: .testing, at: noon, note: "The first pair is bought.")
        let moved = StatusMoveItem(id: try await core.newItemId(), step: move)
        try await core.editProject(
          id, base: begun,
          edits: [
            .section(section: .problem, text: "Too many falls."),
            .move(id: moved.id, to: .testing, at: noon, note: move.note),
          ] + falls.adding(measure) + PdsaCycle(changeIdea: "Slippers with soles").adding(cycle))
        let project = try await core.project(id).project
        #expect(project.sections[.problem] == "Too many falls." && project.status == .testing)
        #expect(project.measures.map(\.measure) == [falls])
        #expect(project.cycles.map(\.cycle) == [PdsaCycle(changeIdea: "Slippers with soles")])
        #expect(project.moves == [moved])
        #expect(try await core.projects().map(\.title) == ["Falls on ward 7"])
        #expect(try await core.history(id).count == 2)
        #expect(try await core.projectAt(id, version: begun).cycles.isEmpty)
        let parts = try await core.textAuthors(id, field: .section(.problem))
        #expect(parts.map(\.text).joined() == "Too many falls.")
        let idea = try await core.textAuthors(id, field: .item(CycleText.changeIdea.of(cycle)))
        #expect(idea.map(\.text).joined() == "Slippers with soles")
      },
      Behaviour("people take part in a project, and say something about it") { subject in
        let core = subject.core
        let id = try await core.createProject(title: "Falls on ward 7")
        try await core.addMember(id, person: subject.colleague, right: .edit)
        #expect(try await core.project(id).members.map(\.right) == [.own, .edit])
        #expect(try await core.project(id).myRight == .own)
        let comment = try await core.comment(id, body: "Who buys them?", anchor: "problem")
        try await core.editComments(id, edits: [.rewrite(id: comment, body: "Who pays?")])
        let comments = try await core.project(id).comments
        #expect(comments.map(\.comment.body) == ["Who pays?"] && comments.allSatisfy(\.mine))
        try await core.editComments(id, edits: [.takeBack(id: comment, at: .now)])
        #expect(try await core.project(id).comments.isEmpty)
        try await core.editComments(id, edits: [.putBack(id: comment)])
        #expect(try await core.project(id).comments == comments)
        try await core.removeMember(id, person: subject.colleague)
        #expect(try await core.project(id).members.map(\.right) == [.own])
      },
      Behaviour("a project needs a title") { subject in
        let refused = await error { try await subject.core.createProject(title: "") }
        guard case .invalidInput(.title, _, _) = refused else { return unexpected(refused) }
      },
      Behaviour("a session is in the learning log until it is removed") { subject in
        // A moment of now, rounded to the millisecond, can lie ahead of the core's clock.
        let start = Date(timeIntervalSinceNow: -3600)
        let session = NewSession(
          title: "Falls clinic", activity: nil, module: nil, start: start, minutes: 60, kind: .core
        )
        let id = try await subject.core.addSession(session)
        let log = try await subject.core.learningLog()
        #expect(log.sessions.map(\.id) == [id] && log.count.core == 60)
        try await subject.core.removeSession(id)
        try await subject.core.removeSession(id)
        #expect(try await subject.core.learningLog().sessions.isEmpty)
      },
    ]
  }
}
