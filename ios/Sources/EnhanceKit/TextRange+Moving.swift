extension TextRange {
  /// The same letters in a text that was changed: a place stays behind the letter it stood behind.
  func moved(from old: String, to new: String) -> TextRange {
    let places = Places(Array(old.unicodeScalars), Array(new.unicodeScalars))
    return TextRange(start: places.after(start), end: places.after(end))
  }
}

/// Where the places of a text are in another.
private struct Places {
  /// Letters that begin and end both.
  private let prefix: Int
  private let suffix: Int
  /// How long both are.
  private let old: Int
  private let new: Int
  /// Of what is between: places in the old that are gone, and in the new that came.
  private let gone: Set<Int>
  private let came: Set<Int>
  /// Whether there was too much between to say where each letter went.
  private let isVague: Bool

  /// Letters of one times letters of the other that are compared at most.
  private static let most = 4_000_000

  init(_ old: [Unicode.Scalar], _ new: [Unicode.Scalar]) {
    let shorter = min(old.count, new.count)
    let prefix = zip(old, new).prefix { $0 == $1 }.count
    let suffix = zip(old.reversed(), new.reversed()).prefix(shorter - prefix)
      .prefix { $0 == $1 }.count
    let (before, after) = (old[prefix..<old.count - suffix], new[prefix..<new.count - suffix])
    var (gone, came): (Set<Int>, Set<Int>) = ([], [])
    isVague = before.count * after.count > Self.most
    if !isVague {
      for change in Array(after).difference(from: Array(before)) {
        switch change {
        case .remove(let offset, _, _): gone.insert(offset)
        case .insert(let offset, _, _): came.insert(offset)
        }
      }
    }
    (self.prefix, self.suffix, self.old, self.new) = (prefix, suffix, old.count, new.count)
    (self.gone, self.came) = (gone, came)
  }

  func after(_ place: Int) -> Int {
    let place = min(max(place, 0), old)
    if place <= prefix { return place }
    if place > old - suffix { return place + new - old }
    let within = place - prefix
    if isVague { return prefix + min(within, new - suffix - prefix) }
    var (next, found) = (0, 0)
    for letter in 0..<within where !gone.contains(letter) {
      while came.contains(next) { next += 1 }
      next += 1
      found = next
    }
    return prefix + found
  }
}
