/// The SHA-256 checksum of bytes (FIPS 180-4).
public struct SHA256: Sendable {
  private static let constants: [UInt32] = [
    0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4,
    0xab1c_5ed5, 0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe,
    0x9bdc_06a7, 0xc19b_f174, 0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f,
    0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da, 0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7,
    0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967, 0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc,
    0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85, 0xa2bf_e8a1, 0xa81a_664b,
    0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070, 0x19a4_c116,
    0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
    0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7,
    0xc671_78f2,
  ]

  private var state: [UInt32] = [
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab,
    0x5be0_cd19,
  ]

  private init() {}

  /// The checksum of bytes.
  ///
  /// - Parameter bytes: Any bytes.
  /// - Returns: 64 hexadecimal digits in lower case.
  public static func hex(of bytes: [UInt8]) -> String {
    let owner = FileBytes.copying(bytes)
    return withExtendedLifetime(owner) { hex(of: owner.view) }
  }

  /// The checksum of a view.
  static func hex(of view: ByteView) -> String {
    var hash = SHA256()
    var schedule = [UInt32](repeating: 0, count: 64)
    let whole = view.count & ~63
    var position = 0
    while position < whole {
      for word in 0..<16 {
        schedule[word] = UInt32(
          truncatingIfNeeded: view.bigEndianWord(position + word * 4))
      }
      hash.mix(&schedule)
      position += 64
    }
    var rest = view.bytes(whole..<view.count)
    rest.append(0x80)
    while rest.count % 64 != 56 { rest.append(0) }
    for shift in stride(from: 56, through: 0, by: -8) {
      rest.append(UInt8(truncatingIfNeeded: (UInt64(view.count) * 8) >> UInt64(shift)))
    }
    for start in stride(from: 0, to: rest.count, by: 64) {
      for word in 0..<16 {
        let place = start + word * 4
        schedule[word] =
          UInt32(rest[place]) << 24 | UInt32(rest[place + 1]) << 16
          | UInt32(rest[place + 2]) << 8 | UInt32(rest[place + 3])
      }
      hash.mix(&schedule)
    }
    return hash.state.map { value in
      let text = String(value, radix: 16)
      return String(repeating: "0", count: 8 - text.count) + text
    }.joined()
  }

  private static func turned(_ value: UInt32, _ by: UInt32) -> UInt32 {
    value >> by | value << (32 - by)
  }

  private mutating func mix(_ w: inout [UInt32]) {
    for t in 16..<64 {
      let s0 = Self.turned(w[t - 15], 7) ^ Self.turned(w[t - 15], 18) ^ w[t - 15] >> 3
      let s1 = Self.turned(w[t - 2], 17) ^ Self.turned(w[t - 2], 19) ^ w[t - 2] >> 10
      w[t] = w[t - 16] &+ s0 &+ w[t - 7] &+ s1
    }
    var (a, b, c, d) = (state[0], state[1], state[2], state[3])
    var (e, f, g, h) = (state[4], state[5], state[6], state[7])
    for t in 0..<64 {
      let s1 = Self.turned(e, 6) ^ Self.turned(e, 11) ^ Self.turned(e, 25)
      let choice = e & f ^ ~e & g
      let one = h &+ s1 &+ choice &+ Self.constants[t] &+ w[t]
      let s0 = Self.turned(a, 2) ^ Self.turned(a, 13) ^ Self.turned(a, 22)
      let two = s0 &+ (a & b ^ a & c ^ b & c)
      (h, g, f, e, d, c, b, a) = (g, f, e, d &+ one, c, b, a, one &+ two)
    }
    for (place, value) in [a, b, c, d, e, f, g, h].enumerated() {
      state[place] = state[place] &+ value
    }
  }
}

extension ByteView {
  /// Four bytes from a position, the first in the highest place.
  fileprivate func bigEndianWord(_ position: Int) -> UInt64 {
    UInt64(self[position]) << 24 | UInt64(self[position + 1]) << 16
      | UInt64(self[position + 2]) << 8 | UInt64(self[position + 3])
  }
}
