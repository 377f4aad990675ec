package io.coxswain.storage;

import org.jspecify.annotations.Nullable;

/// One version of one object. Immutable but for slots that remember other forms of the bytes.
///
/// Two entries are equal when key and revision are: a revision has one content.
public final class Entry {

    private final Key key;
    private final long revision;
    private final Header header;
    private final byte[] bytes;
    private volatile @Nullable Object decoded;
    private volatile byte @Nullable [] translated;

    public Entry(Key key, long revision, Header header, byte[] bytes) {
        this.key = key;
        this.revision = revision;
        this.header = header;
        this.bytes = bytes;
    }

    public Key key() {
        return key;
    }

    /// The revision of the write that made this version.
    public long revision() {
        return revision;
    }

    public Header header() {
        return header;
    }

    /// The encoded object, resource version included. Shared: never change it.
    public byte[] bytes() {
        return bytes;
    }

    /// The object that someone decoded from [#bytes()], shared by every reader in this process.
    public @Nullable Object decoded() {
        return decoded;
    }

    /// Remembers an immutable object decoded from [#bytes()]. A race between two decoders is
    /// harmless.
    public void remember(Object object) {
        this.decoded = object;
    }

    /// The object in another encoding than [#bytes()], if somebody remembered it. Shared.
    public byte @Nullable [] translated() {
        return translated;
    }

    /// Remembers another encoding of the object.
    public void rememberTranslated(byte[] bytes) {
        this.translated = bytes;
    }

    /// Forgets the object in another encoding.
    public void forgetTranslated() {
        this.translated = null;
    }

    /// Forgets all but the bytes, as those of a version that is no longer the present one: together
    /// the other forms take several times as much. Whoever asks again makes them anew.
    public void forgetForms() {
        this.decoded = null;
        this.translated = null;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Entry that && revision == that.revision && key.equals(that.key);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(revision);
    }

    @Override
    public String toString() {
        return key + "@" + revision;
    }
}
