extension LearningCore {
  public nonisolated func typing(
    _ id: DocumentId, field: DraftField, base: Version, pause: Duration?
  ) -> Typing {
    let usual = usualPauses()
    let pauses = TypingPauses(alone: pause ?? usual.alone, together: usual.together)
    let handle = handle
    if let handle { typings.listen(to: handle) }
    // For an id that is none nothing is taken, as for a core that is closed.
    let scribe = try? handle?.typing(id: id, field: field, base: base, pauses: pauses)
    return Typing(scribe, id: id, field: field, among: typings)
  }
}
