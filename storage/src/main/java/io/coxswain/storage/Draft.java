package io.coxswain.storage;

import java.nio.charset.StandardCharsets;

/// The bytes of an object that does not know its revision yet.
///
/// The encoder leaves out the decimal digits of `metadata.resourceVersion` and says where they
/// belong, so that the final bytes are made once, by the store, when the revision is known.
/// `{"metadata":{"resourceVersion":"","name":"a"}}` has its gap at offset 32.
///
/// @param gap offset at which the digits are inserted; -1 for bytes without a revision
public record Draft(Header header, byte[] bytes, int gap) {

    /// The final bytes of this draft at `revision`.
    public byte[] at(long revision) {
        if (gap < 0) {
            return bytes;
        }
        var digits = Long.toString(revision).getBytes(StandardCharsets.US_ASCII);
        var whole = new byte[bytes.length + digits.length];
        System.arraycopy(bytes, 0, whole, 0, gap);
        System.arraycopy(digits, 0, whole, gap, digits.length);
        System.arraycopy(bytes, gap, whole, gap + digits.length, bytes.length - gap);
        return whole;
    }
}
