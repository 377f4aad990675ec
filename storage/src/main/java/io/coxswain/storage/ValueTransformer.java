package io.coxswain.storage;

/// Stands between the objects in memory and what is kept of them on disk or in etcd: encryption at
/// rest. A value that needs none is kept as it is.
public interface ValueTransformer {

    /// Keeps every value as it is.
    ValueTransformer NONE =
            new ValueTransformer() {
                @Override
                public byte[] toStorage(Key key, byte[] value) {
                    return value;
                }

                @Override
                public byte[] fromStorage(Key key, byte[] stored) {
                    throw new UnreadableValueException(
                            "unable to transform key \""
                                    + key
                                    + "\": identity transformer tried to read encrypted data");
                }

                @Override
                public String method(Key key) {
                    return "";
                }

                @Override
                public String method(byte[] stored) {
                    return "";
                }
            };

    /// What is to be kept: the same array for a value that needs no change. Throws [StoreException]
    /// when it cannot be encrypted.
    byte[] toStorage(Key key, byte[] value);

    /// The value in what [#toStorage] made of it. Throws [UnreadableValueException].
    byte[] fromStorage(Key key, byte[] stored);

    /// Names how a value would be changed now; empty for not at all.
    String method(Key key);

    /// Names how a value was changed that is kept as `stored`.
    String method(byte[] stored);
}
