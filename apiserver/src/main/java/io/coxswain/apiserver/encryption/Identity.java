package io.coxswain.apiserver.encryption;

import java.security.GeneralSecurityException;

/// Leaves values as they are.
record Identity() implements Sealer {

    @Override
    public String prefix() {
        return "";
    }

    @Override
    public byte[] seal(byte[] value, byte[] context) {
        return value;
    }

    @Override
    public byte[] open(byte[] sealed, byte[] context) throws GeneralSecurityException {
        if (Prefixes.sealed(sealed)) {
            throw new GeneralSecurityException("identity transformer tried to read encrypted data");
        }
        return sealed;
    }
}
