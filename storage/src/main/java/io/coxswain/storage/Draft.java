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

    private static final String BEFORE = "\"resourceVersion\":\"";

    /// What was stored as `entry`, without its revision.
    public static Draft of(Entry entry) {
        var digits = Long.toString(entry.revision());
        var text = new String(entry.bytes(), StandardCharsets.ISO_8859_1);
        var at = text.indexOf(BEFORE + digits + '"');
        if (at < 0) {
            return new Draft(entry.header(), entry.bytes(), -1);
        }
        var gap = at + BEFORE.length();
        var whole = text.substring(0, gap) + text.substring(gap + digits.length());
        return new Draft(entry.header(), whole.getBytes(StandardCharsets.ISO_8859_1), gap);
    }

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
