package io.coxswain.cluster;

import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.Resource;
import io.coxswain.base.Clock;
import io.coxswain.base.Loops;
import io.coxswain.cluster.ControlPlaneConfiguration.Addresses;
import io.coxswain.cluster.store.StoreChoice;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// Control planes on a free port of the loopback interface.
public final class Planes {

    private Planes() {}

    /// One that keeps everything in `directory`.
    public static ControlPlane start(Path directory, Loops loops) {
        return start(directory, loops, Protection.NONE);
    }

    /// One that keeps everything in `directory`, protected.
    public static ControlPlane start(Path directory, Loops loops, Protection protection) {
        return start(directory, loops, protection, StoreChoice.EMBEDDED);
    }

    /// One that keeps its objects in that store, and all else in `directory`.
    public static ControlPlane start(
            Path directory, Loops loops, Protection protection, StoreChoice store) {
        return start(
                directory,
                loops,
                ControlPlaneConfiguration.standard(Addresses.local(0))
                        .withProtection(protection)
                        .withStore(store));
    }

    static ControlPlane start(
            Path directory, Loops loops, ControlPlaneConfiguration configuration) {
        var data = DataDirectory.open(directory);
        return ControlPlane.start(
                configuration, Pki.open(data.pki(), Clock.SYSTEM), data, loops, quiet());
    }

    /// The object as it is before it is created.
    public static <T extends Record & Resource> T unsaved(
            T object, Edit.Accessor<T, ObjectMeta> metadata) {
        var fresh =
                Edit.of(object.metadata())
                        .set(ObjectMeta::resourceVersion, "")
                        .set(ObjectMeta::uid, "")
                        .done();
        return Edit.with(object, metadata, fresh);
    }

    /// Says nothing.
    public static Progress quiet() {
        return new Progress(
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
                Clock.SYSTEM);
    }
}
