import EnhanceKit
import Foundation
import Testing

extension Behaviour {
  /// What a person writes for themselves, and its lists.
  static var reflections: [Behaviour] {
    [
      Behaviour("a reflection is begun and written in") { subject in
        let (core, id) = (subject.core, try await subject.reflect("Four falls."))
        let shown = try await core.reflection(id)
        #expect(shown.id == id && shown.reflection.title == "A long night")
        #expect(shown.reflection.template == "what-so-what" && shown.drafts.isEmpty)
        #expect(shown.reflection.answers == ["what": "Four falls."])
        let version = try await core.editReflection(
          id, base: shown.version,
          edits: [.title(title: "A short one"), .addTag(tag: .domain("sys"))])
        let edited = try await core.reflection(id)
        #expect(edited.version == version && version != shown.version)
        #expect(edited.reflection.title == "A short one")
        #expect(edited.reflection.tags == [.domain("sys")])
      },
      Behaviour("reflections are listed, changed last first") { subject in
        let first = try await subject.reflect("One.", title: "First")
        let second = try await subject.reflect("Two.", title: "Second")
        #expect(try await subject.core.reflections().map(\.id) == [second, first])
        let edits = [ReflectionEdit.title(title: "Last")]
        try await subject.core.editReflection(first, base: nil, edits: edits)
        let listed = try await subject.core.reflections()
        #expect(listed.map(\.title) == ["Last", "Second"])
        #expect(listed.map(\.preview) == ["One.", "Two."])
        #expect(listed.allSatisfy { $0.kind == .reflection && !$0.unsettled })
        #expect(try await subject.core.reflections(limit: 1).map(\.id) == [first])
        let refused = await error { try await subject.core.reflections(limit: -1) }
        guard case .invalidInput = refused else { return unexpected(refused) }
      },
      Behaviour("a list goes on after a place, whatever becomes of what was there") { subject in
        let (core, first) = (subject.core, try await subject.reflect("One."))
        let (second, third) = (try await subject.reflect("Two."), try await subject.reflect("3."))
        let places = try await core.reflections().map(\.position)
        #expect(try await core.reflections(after: places[0], limit: 1).map(\.id) == [second])
        try await core.delete(third)
        let rest = try await core.reflections(after: places[0], limit: 5)
        #expect(rest.map(\.id) == [second, first])
        try await core.editReflection(second, base: nil, edits: [.title(title: "On top")])
        #expect(try await core.reflections().map(\.id) == [second, first])
        #expect(try await core.reflections(after: places[1], limit: 5).map(\.id) == [first])
        #expect(try await core.reflections(after: places[2], limit: 5).isEmpty)
      },
      Behaviour("each list says whether there is more of it") { subject in
        let core = subject.core
        let plan = try await core.createProject(title: "Falls on ward 7")
        for number in 0..<3 { _ = try await subject.reflect("It fell.", title: "Night \(number)") }
        for (limit, more) in [0: true, 2: true, 3: false, 4: false] {
          #expect(try await core.reflections(limit: limit).more == more, "\(limit)")
        }
        let places = try await core.reflections(limit: 2).map(\.position)
        #expect(try await core.reflections(after: places[0], limit: 1).more)
        #expect(try await !core.reflections(after: places[1], limit: 1).more)
        #expect(try await !core.projects(limit: 1).more)
        #expect(try await core.search("night", limit: 2).more)
        #expect(try await !core.search("night", limit: 3).more)
        #expect(try await !core.search("night", offset: 1, limit: 2, order: .best).more)
        #expect(try await core.sittings(plan, limit: 0).more)
        #expect(try await !core.sittings(plan, limit: 10).more)
      },
      Behaviour("a list says how far each document has come") { subject in
        let (core, id) = (subject.core, try await subject.reflect("Four falls."))
        #expect(try await core.reflections().map(\.stage) == [.saved])
        try await core.sync()
        #expect(try await core.reflections().map(\.stage) == [.stored])
        let shown = try await core.reflection(id).version
        try await core.autosave(id, field: .answer("what"), base: shown, text: "Five falls.")
        let listed = try await core.reflections()
        #expect(listed.map(\.stage) == [.saved] && listed.allSatisfy(\.unsettled))
        #expect(try await core.status(id).stage == .saved && !listed.contains(where: \.quarantined))
      },
      Behaviour("a copy is shared as the reflection stands, and stays so") { subject in
        let (core, id) = (subject.core, try await subject.reflect("Four falls."))
        let copy = try await core.shareReflection(id, with: subject.colleague)
        let edits = [ReflectionEdit.answer(prompt: "what", text: "Five falls.")]
        try await core.editReflection(id, base: nil, edits: edits)
        #expect(try await core.sharedReflection(copy).copy.answers == ["what": "Four falls."])
        #expect(try await core.sharedByMe().map(\.id) == [copy])
        #expect(try await core.sharedWithMe().isEmpty)
        let copies = try await core.reflection(id).reflection.copies
        #expect(copies.map(\.document) == [copy] && copies.map(\.with) == [subject.colleague])
        let readers = try await core.readers(id)
        #expect(readers.map(\.right) == [.own, .comment])
        #expect(readers.last?.person.id == subject.colleague)
      },
    ]
  }
}
