package io.coxswain.api.codec;

/// Shares short strings that occur again and again: names, images, phases.
///
/// A bounded table without locks: two threads may race for a slot, then one string is held twice.
public final class Words {

    private static final int LENGTH_MAX = 40;
    private static final int SLOTS = 4096;
    private static final String[] TABLE = new String[SLOTS];

    private Words() {}

    public static String share(char[] text, int from, int length) {
        if (length == 0) {
            return "";
        }
        if (length > LENGTH_MAX) {
            return new String(text, from, length);
        }
        var hash = 0;
        for (var i = from; i < from + length; i++) {
            hash = hash * 31 + text[i];
        }
        var slot = (hash ^ (hash >>> 15)) & (SLOTS - 1);
        var known = TABLE[slot];
        if (known != null && same(known, text, from, length)) {
            return known;
        }
        var made = new String(text, from, length);
        TABLE[slot] = made;
        return made;
    }

    public static String share(String text) {
        if (text.length() > LENGTH_MAX) {
            return text;
        }
        var hash = text.hashCode();
        var slot = (hash ^ (hash >>> 15)) & (SLOTS - 1);
        var known = TABLE[slot];
        if (known != null && known.equals(text)) {
            return known;
        }
        TABLE[slot] = text;
        return text;
    }

    private static boolean same(String known, char[] text, int from, int length) {
        if (known.length() != length) {
            return false;
        }
        for (var i = 0; i < length; i++) {
            if (known.charAt(i) != text[from + i]) {
                return false;
            }
        }
        return true;
    }
}
