import EnhanceKit
import Foundation
import Testing

private let signed = SignOffAnswer(decision: .signed, role: .clinical, statement: "Well done.")
private let returned = SignOffAnswer(
  decision: .returned, role: .clinical, statement: "What would you do next time?")
private let year = DaysInARow(
  from: CalendarDate(year: 2025, month: 8, day: 6),
  to: CalendarDate(year: 2026, month: 8, day: 4))

extension Subject {
  /// A reflection, and a request to the colleague to sign it, on both phones.
  fileprivate func asked(_ text: String = "Four falls.") async throws -> (DocumentId, DocumentId) {
    try await meet()
    let note = try await reflect(text)
    let request = try await core.requestSignOff(.reflection(id: note), with: colleague)
    try await meet()
    return (note, request)
  }
}

extension Behaviour {
  static var signOffs: [Behaviour] {
    [
      Behaviour("a request shows what is to be signed, and nothing else") { subject in
        let (note, request) = try await subject.asked()
        let mine = try await subject.core.signOffsAskedByMe()
        #expect(mine.map(\.id) == [request] && mine.allSatisfy { $0.mine })
        #expect(mine.map(\.asked?.id) == [subject.colleague])
        let theirs = try await subject.other.signOffsAskedOfMe()
        #expect(theirs.map(\.id) == [request] && theirs.map(\.standing) == [.asked])
        #expect(theirs.allSatisfy { $0.text.contains("Four falls.") && $0.kind == .reflection })
        let refused = await error { try await subject.other.reflection(note) }
        guard case .notFound = refused else { return unexpected(refused) }
        #expect(try await subject.core.signOffsOf(note).map(\.id) == [request])
      },
      Behaviour("what is signed counts, and an edit shows as changed since") { subject in
        let (note, request) = try await subject.asked()
        let answer = try await subject.other.sign(request, answer: signed)
        try await subject.meet()
        let view = try await subject.core.signOffRequest(request)
        #expect(view.standing == .signed && view.answers.map(\.id) == [answer])
        #expect(view.answers.map(\.person) == [subject.colleague])
        #expect(view.answers.allSatisfy { $0.byWhoWasAsked && $0.fault == nil })
        #expect(try await subject.core.changedSinceSignOff(request) == .unchanged)
        #expect(try await subject.other.changedSinceSignOff(request) == .unknown)
        let edits = [ReflectionEdit.answer(prompt: "what", text: "Five falls.")]
        try await subject.core.editReflection(note, base: nil, edits: edits)
        let since = try await subject.core.changedSinceSignOff(request)
        guard case .changed(let gone, let new, _, _) = since else {
          Issue.record("an edit does not show: \(since)")
          return
        }
        #expect(gone.contains { $0.contains("Four") } && new.contains { $0.contains("Five") })
        #expect(try await subject.core.signOffRequest(request).text == view.text)
      },
      Behaviour("what is returned comes with words, and a second answer takes its place") {
        subject in
        let (_, request) = try await subject.asked()
        let wordless = SignOffAnswer(decision: .returned, role: .clinical, statement: " ")
        let refused = await error { try await subject.other.sign(request, answer: wordless) }
        guard case .invalidInput(.signOff, _, _) = refused else { return unexpected(refused) }
        try await subject.other.sign(request, answer: returned)
        try await subject.meet()
        #expect(try await subject.core.signOffRequest(request).standing == .returned)
        try await subject.other.sign(request, answer: signed)
        try await subject.meet()
        let view = try await subject.core.signOffRequest(request)
        #expect(view.standing == .signed)
        #expect(view.answers.map(\.superseded) == [true, false])
        // Both stay readable, and both sides are told that one took the place of the other.
        #expect(view.answers.map(\.supersedes) == [nil, view.answers.first?.id])
        let told = try await subject.core.inbox().items.filter { $0.kind == .signOffAnswered }
        let anew = "Signed, in the place of what they answered before. Well done."
        #expect(told.map(\.words).contains(anew))
      },
      Behaviour("a file says as what it was signed, and whether a placement names the signer so") {
        subject in
        let (_, request) = try await subject.asked()
        let answer = try await subject.other.sign(request, answer: signed)
        try await subject.meet()
        let claimed = try await subject.other.checkSignOff(subject.core.exportSignOff(answer))
        #expect(claimed.role == .clinical && !claimed.isNamed && claimed.organisation.isEmpty)
        #expect(claimed.fault == nil && claimed.certifiedAs == .supervisor)
        #expect(claimed.statement == "Well done." && claimed.text.contains("Four falls."))
        try await subject.name(subject.colleague)
        let named = try await subject.other.checkSignOff(subject.core.exportSignOff(answer))
        #expect(named.isNamed && named.organisation == "Bedford Hospital")
        #expect(named.roleInWords == "clinical supervisor, as the placement names them")
        let refused = await error { try await subject.core.checkSignOff("{}") }
        guard case .invalidInput(.signOff, _, _) = refused else { return unexpected(refused) }
      },
      Behaviour("nobody signs off their own work") { subject in
        let (_, request) = try await subject.asked()
        let own = await error { try await subject.core.sign(request, answer: signed) }
        guard case .notAllowed = own else { return unexpected(own) }
        let nothing = await error { try await subject.core.requestSignOff(.sessions(ids: [])) }
        guard case .invalidInput(.signOff, _, _) = nothing else { return unexpected(nothing) }
      },
      Behaviour("what is asked is listed page by page") { subject in
        let (core, (note, older)) = (subject.core, try await subject.asked())
        let newer = try await core.requestSignOff(.reflection(id: note), with: subject.colleague)
        let page = try await core.signOffsPage(mine: true, after: nil, limit: 1)
        #expect(page.map(\.id) == [newer] && page.more)
        let last = try await core.signOffsPage(mine: true, after: newer, limit: 1)
        #expect(last.map(\.id) == [older] && !last.more)
        #expect(try await !core.signOffsAskedByMe().more)
        #expect(try await core.signOffsAskedOfMe().isEmpty)
        let refused = await error {
          try await core.signOffsPage(mine: true, after: note, limit: 1)
        }
        guard case .notFound = refused else { return unexpected(refused) }
      },
      Behaviour("nobody witnesses their own sign-off") { subject in
        let (core, (_, request)) = (subject.core, try await subject.asked())
        let name = try #require(try await core.account()?.person.name)
        for typed in [name, " \(name.uppercased()). ", name.replacing(" ", with: "  ")] {
          let herself = WitnessedSigner(name: typed, person: nil, knownBy: "works here")
          let refused = await error {
            try await core.signWitnessed(request, by: herself, answer: signed)
          }
          guard case .invalidInput(.person, _, _) = refused else { return unexpected(refused) }
        }
        #expect(try await core.signOffRequest(request).answers.isEmpty)
        // A namesake is somebody else once it is said who.
        let namesake = WitnessedSigner(
          name: name, person: subject.colleague, knownBy: "works here")
        try await core.signWitnessed(request, by: namesake, answer: signed)
      },
      Behaviour("who was asked is told what was witnessed in their name") { subject in
        let (_, request) = try await subject.asked()
        let named = WitnessedSigner(
          name: "Dr Lee", person: subject.colleague, knownBy: "consultant on this ward")
        try await subject.core.signWitnessed(request, by: named, answer: signed)
        try await subject.meet()
        let told = try await subject.other.inbox().items
        #expect(told.map(\.kind) == [.signOffWitnessed] && told.map(\.leaves) == [.whenSeen])
        let words = "says that you signed it on their device."
        #expect(told.allSatisfy { $0.words.contains(words) })
        for one in told { try await subject.other.markInboxSeen(one.id) }
        #expect(try await subject.other.inboxCounts().total == 0)
      },
      Behaviour("who signs on the trainee's phone is named as witnessed") { subject in
        let core = subject.core
        let session = NewSession(
          title: "Grand round", activity: nil, module: nil,
          start: Date(timeIntervalSinceNow: -3_600), minutes: 45, kind: .core)
        let id = try await core.addSession(session)
        let request = try await core.requestSignOff(.sessions(ids: [id]))
        let nobody = WitnessedSigner(name: "Dr Lee", person: nil, knownBy: "")
        let refused = await error {
          try await core.signWitnessed(request, by: nobody, answer: signed)
        }
        guard case .invalidInput = refused else { return unexpected(refused) }
        let lee = WitnessedSigner(name: "Dr Lee", person: nil, knownBy: "works on this ward")
        try await core.signWitnessed(request, by: lee, answer: signed)
        let view = try await core.signOffRequest(request)
        #expect(view.standing == .signed && view.kind == .sessions)
        #expect(view.answers.map(\.witnessed) == ["works on this ward"])
        #expect(view.answers.map(\.signer) == ["Dr Lee"])
        try await core.removeSession(id)
        #expect(try await core.changedSinceSignOff(request) == .deleted)
      },
      Behaviour("a key of one's own stands over what the trainee witnessed") { subject in
        let (core, (_, request)) = (subject.core, try await subject.asked())
        let lee = WitnessedSigner(name: "Dr Lee", person: nil, knownBy: "works on this ward")
        let before = try await core.signWitnessed(request, by: lee, answer: signed)
        #expect(try await core.signOffRequest(request).standing == .signed)
        let own = try await subject.other.sign(request, answer: returned)
        try await subject.meet()
        let gail = WitnessedSigner(name: "Sister Gail", person: nil, knownBy: "works here")
        let after = try await core.signWitnessed(request, by: gail, answer: signed)
        let view = try await core.signOffRequest(request)
        #expect(view.standing == .returned)
        let superseded = view.answers.filter(\.superseded).map(\.id)
        #expect(Set(superseded) == [before, after] && !superseded.contains(own))
      },
      Behaviour("a sign-off is a file that is checked with nothing else") { subject in
        let (_, request) = try await subject.asked()
        let answer = try await subject.other.sign(request, answer: signed)
        try await subject.meet()
        let file = try await subject.core.exportSignOff(answer)
        #expect(try await subject.other.verifySignOff(file) == nil)
        let forged = file.replacing("Four falls", with: "No falls")
        #expect(try await subject.other.verifySignOff(forged) == .anotherText)
        let praised = file.replacing("Well done.", with: "Very well done.")
        #expect(try await subject.other.verifySignOff(praised) == .badSignature)
        let refused = await error { try await subject.core.verifySignOff("{}") }
        guard case .invalidInput(.signOff, _, _) = refused else { return unexpected(refused) }
        try await subject.other.renewSigningKey()
        #expect(try await subject.core.signOffRequest(request).standing == .signed)
      },
    ]
  }

  static var papers: [Behaviour] {
    [
      Behaviour("a page for a review agrees until the record has changed") { subject in
        let core = subject.core
        let title = "Advanced life support"
        try await subject.add(Certificate(title: title).adding)
        let page = try await core.arcpHtml(year)
        #expect(page.contains(title))
        #expect(try await core.arcpHtml(year) == page)
        #expect(try await core.arcpCsv(year).contains(title))
        #expect(try await core.arcpJson(year).contains("2025-08-06"))
        #expect(try await core.arcpForm(year).contains { $0.text.contains(title) })
        #expect(try await core.verifyArcp(page) == .agrees(renamed: []))
        let altered = page.replacing(title, with: "Flight surgeon")
        #expect(try await core.verifyArcp(altered) == .altered)
        let others = try await subject.other.verifyArcp(page)
        #expect(others == .unaltered(why: .ofSomebodyElse))
        try await subject.add(PdpGoal(text: "To lead a team meeting").adding)
        guard case .outdated(let changes, _) = try await core.verifyArcp(page) else {
          Issue.record("an old page is not outdated")
          return
        }
        #expect(changes >= 1)
        let refused = await error { try await core.verifyArcp("<p>A page.</p>") }
        guard case .invalidInput(.page, _, _) = refused else { return unexpected(refused) }
      },
      Behaviour("a page made before there was a record is outdated by one change") { subject in
        let page = try await subject.core.arcpHtml(year)
        #expect(try await subject.core.verifyArcp(page) == .agrees(renamed: []))
        try await subject.add(Certificate(title: "Life support").adding)
        let verdict = try await subject.core.verifyArcp(page)
        #expect(verdict == .outdated(changes: 1, renamed: []))
      },
      Behaviour("sign-offs are read back with all by which they are checked, and cover as before") {
        subject in
        let (core, other) = (subject.core, subject.other)
        try await subject.name(nil, "Dr Lee")
        let note = try await subject.reflect("Four falls.", title: "Taken along")
        let link = EvidenceLink(
          evidence: .document(note), statement: .capability("fpc-9"), justification: "It shows.")
        try await subject.add(link.adding)
        let request = try await core.requestSignOff(.reflection(id: note), with: nil)
        let lee = WitnessedSigner(name: "Dr Lee", person: nil, knownBy: "works on this ward")
        try await core.signWitnessed(request, by: lee, answer: signed)
        _ = try await core.requestSignOff(.reflection(id: note), with: nil)
        try await subject.meet()
        let file = try await core.export()
        let report = try await other.importExport(file)
        #expect(report.signOffs == 1 && report.signOffsLeftOut.count == 1)
        let kept = try #require(try await other.keptSignOffs().first)
        #expect(kept.signer == "Dr Lee" && kept.witnessed == "works on this ward")
        #expect(kept.anotherAccount && kept.publisherKnown && kept.fault == nil)
        #expect(kept.changed == .unchanged)
        #expect(try await core.verifySignOff(other.exportKeptSignOff(kept.id)) == nil)
        #expect(try await other.coverage().capabilities.map(\.cover) == [.covered])
        #expect(try await other.importExport(file).signOffs == 0, "twice is once")
        #expect(try await core.keptSignOffs().isEmpty)
        let unknown = await error { try await core.exportKeptSignOff(core.newItemId()) }
        guard case .notFound = unknown else { return unexpected(unknown) }
      },
      Behaviour("an export is read back into another account, once") { subject in
        let (core, other) = (subject.core, subject.other)
        let note = try await subject.reflect("Four falls.", title: "Taken along")
        let link = EvidenceLink(
          evidence: .document(note), statement: .capability("fpc-9"), justification: "It shows.")
        try await subject.add(link.adding)
        try await subject.add(Certificate(title: "Life support").adding)
        let file = try await core.export()
        let same = try await core.importExport(file)
        #expect(same.reflections == 0 && same.things == 0 && same.alreadyHere == 1)
        let moved = try await other.importExport(file)
        #expect(moved.reflections == 1 && moved.things == 2)
        let record = try await other.personalRecord()
        #expect(record.certificates.map(\.certificate.title) == ["Life support"])
        let theirs = try await other.reflections().filter { $0.title == "Taken along" }
        #expect(record.evidence.map(\.link.evidence) == theirs.map { .document($0.id) })
        #expect(try await other.importExport(file).reflections == 0)
        #expect(try await other.exportCsv().contains("Life support"))
        #expect(try await other.exportReflections().contains("Four falls."))
        let refused = await error { try await other.importExport("{}") }
        guard case .invalidInput(.export, _, _) = refused else { return unexpected(refused) }
      },
    ]
  }

  static var checks: [Behaviour] {
    [
      Behaviour("a probable identifier is seen before anything is shared") { subject in
        try await subject.meet()
        let core = subject.core
        let note = try await subject.reflect("Mrs Okafor, 943 476 5919, waited for a scan.")
        let check = try await core.checkBeforeSharing(note)
        #expect(check.findings.map(\.kind) == [.titleName, .nhsNumber])
        #expect(check.findings.map(\.text) == ["Mrs Okafor", "943 476 5919"])
        #expect(check.findings.map { [$0.start, $0.end] } == [[0, 10], [12, 24]])
        #expect(check.findings.allSatisfy { $0.place == .answer("what") })
        let refused = await error {
          try await core.shareReflection(note, with: subject.colleague)
        }
        guard case .notAllowed("unacknowledged", _) = refused else { return unexpected(refused) }
        #expect(try await core.sharedByMe().isEmpty)
        let edits = [ReflectionEdit.title(title: "Another night")]
        try await core.editReflection(note, base: nil, edits: edits)
        let outdated = await error {
          try await core.shareReflectionAcknowledged(
            note, with: subject.colleague, acknowledged: check.acknowledgement)
        }
        guard case .notAllowed("unacknowledged", _) = outdated else {
          return unexpected(outdated)
        }
        let seen = try await core.checkBeforeSharing(note).acknowledgement
        let copy = try await core.shareReflectionAcknowledged(
          note, with: subject.colleague, acknowledged: seen)
        #expect(try await core.sharedByMe().map(\.id) == [copy])
      },
      Behaviour("ten digits that are no NHS number are nobody's") { subject in
        let note = try await subject.reflect("Order 943 476 5918 of lamps.")
        let kinds = try await subject.core.checkBeforeSharing(note).findings.map(\.kind)
        #expect(!kinds.contains(.nhsNumber))
      },
    ]
  }
}
