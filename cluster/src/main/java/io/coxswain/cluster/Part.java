package io.coxswain.cluster;

/// Something that was started and is stopped by closing it, which never throws a checked exception.
interface Part extends AutoCloseable {

    @Override
    void close();
}
