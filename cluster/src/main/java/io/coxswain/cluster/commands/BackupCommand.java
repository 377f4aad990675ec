package io.coxswain.cluster.commands;

import io.coxswain.base.Clock;
import io.coxswain.base.ThreadLoops;
import io.coxswain.base.flags.FlagSet;
import io.coxswain.base.flags.UsageError;
import io.coxswain.client.Client;
import io.coxswain.cluster.DataDirectory;
import io.coxswain.cluster.StartupException;
import io.coxswain.cluster.store.Migration;
import io.coxswain.cluster.store.StoreChoice;
import io.coxswain.cluster.store.StoreEndpoint;
import io.coxswain.http.Payload;
import io.coxswain.http.Request;
import io.coxswain.http.Response;
import io.coxswain.storage.StoreException;
import io.coxswain.storage.disk.FileDisk;
import io.coxswain.storage.disk.InUseException;
import io.coxswain.storage.embedded.Backup;
import io.coxswain.storage.embedded.EmbeddedStore;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/// `cox backup FILE`: everything a cluster has stored, at one revision, while it runs or not.
/// `cox restore FILE`: a new store from it.
///
/// @param restores whether it is the second
record BackupCommand(boolean restores) implements Command {

    record Flags(AdminAccess access, StoreFlags storage) {}

    @Override
    public Class<Flags> flags() {
        return Flags.class;
    }

    @Override
    public int run(List<String> args) {
        var parsed = FlagSet.of(Flags.class).parse(args);
        if (parsed.arguments().size() != 1) {
            throw new UsageError("expected: cox " + (restores ? "restore" : "backup") + " FILE");
        }
        var file = Path.of(parsed.arguments().getFirst()).toAbsolutePath();
        var access = parsed.flags().access();
        var choice = parsed.flags().storage().choice();
        return restores ? restore(file, access, choice) : backup(file, access, choice);
    }

    private static int backup(Path file, AdminAccess access, StoreChoice choice) {
        var folder = parent(file);
        if (!Files.isDirectory(folder)) {
            throw new StartupException("there is no directory " + folder);
        }
        Path draft;
        try {
            draft =
                    Files.createTempFile(
                            folder,
                            "." + file.getFileName(),
                            ".new",
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rw-------")));
        } catch (IOException e) {
            throw new StartupException("cannot write " + file + ": " + e.getMessage());
        }
        try {
            var directory = access.directory();
            if (choice instanceof StoreChoice.Etcd etcd) {
                fromEtcd(etcd, draft);
            } else if (!access.kubeconfig().isEmpty() || !offline(directory, draft)) {
                access.with(connection -> fetch(connection.client(), draft));
            }
            var content = Backup.check(new FileDisk(folder), String.valueOf(draft.getFileName()));
            var bytes = Files.size(draft);
            // It holds every Secret.
            Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rw-------"));
            Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
            System.out.printf(
                    "%s: %d objects at revision %d, %d bytes. Keep %s with it: without those keys"
                            + " no certificate and no token of the cluster is good.%n",
                    file, content.objects(), content.revision(), bytes, directory.pki());
            return 0;
        } catch (StoreException e) {
            throw new StartupException(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new StartupException("cannot write " + file + ": " + e.getMessage());
        } finally {
            delete(draft);
        }
    }

    private static void fromEtcd(StoreChoice.Etcd etcd, Path draft) throws IOException {
        Files.delete(draft);
        try (var loops = new ThreadLoops(Clock.SYSTEM)) {
            var name = String.valueOf(draft.getFileName());
            Migration.backup(etcd, new FileDisk(parent(draft)), name, loops);
        }
    }

    /// Copies a store that nobody has open; false when somebody has, or there is none.
    private static boolean offline(DataDirectory data, Path draft) {
        if (!Files.exists(data.store().resolve("FORMAT"))) {
            return false;
        }
        try (var store = EmbeddedStore.open(data.store(), Clock.SYSTEM)) {
            Files.delete(draft);
            store.backup(new FileDisk(parent(draft)), String.valueOf(draft.getFileName()));
            return true;
        } catch (StoreException e) {
            if (e.getCause() instanceof InUseException) {
                return false;
            }
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int fetch(Client client, Path draft) {
        try (var out = Files.newOutputStream(draft)) {
            switch (client.send(Request.get(StoreEndpoint.BACKUP))) {
                case Response.Streaming streaming when streaming.status() == 200 ->
                        streaming.producer().writeTo(new FileSink(out));
                case Response.Full full when full.status() == 200 -> out.write(full.body().bytes());
                case Response other ->
                        throw new StartupException(
                                other.status() == 404
                                        ? "this cluster has no embedded store to be backed up"
                                        : "the cluster refuses, with status " + other.status());
            }
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int restore(Path file, AdminAccess access, StoreChoice choice) {
        if (!Files.isReadable(file)) {
            throw new StartupException("cannot read " + file);
        }
        if (choice instanceof StoreChoice.Etcd etcd) {
            return intoEtcd(file, etcd);
        }
        var data = DataDirectory.open(access.directory().root());
        try {
            Files.createDirectories(data.store());
            var revision =
                    Backup.restore(
                            new FileDisk(parent(file)),
                            String.valueOf(file.getFileName()),
                            new FileDisk(data.store()),
                            Clock.SYSTEM);
            System.out.println(
                    "Restored into "
                            + data.store()
                            + "; revisions go on from "
                            + revision
                            + ", so that whoever watches lists anew.");
            return 0;
        } catch (StoreException e) {
            throw new StartupException(
                    e.getCause() instanceof InUseException
                                    || String.valueOf(e.getMessage()).endsWith("is not empty")
                            ? data.store()
                                    + " holds a store already. Restore into an empty directory"
                                    + " with --data-dir, or move that one away."
                            : String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new StartupException("cannot restore " + file + ": " + e.getMessage());
        }
    }

    private static int intoEtcd(Path file, StoreChoice.Etcd etcd) {
        try {
            var disk = new FileDisk(parent(file));
            var name = String.valueOf(file.getFileName());
            var version = Migration.restore(disk, name, etcd, Clock.SYSTEM);
            System.out.println(
                    "Restored into etcd; resource versions go on from "
                            + version
                            + ", so that whoever watches lists anew. Servers that are to use it"
                            + " start now.");
            return 0;
        } catch (StoreException e) {
            throw new StartupException(String.valueOf(e.getMessage()));
        }
    }

    private static Path parent(Path file) {
        var parent = file.toAbsolutePath().getParent();
        return parent == null ? Path.of("/") : parent;
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Writes what arrives.
    private record FileSink(OutputStream out) implements Response.Sink {
        @Override
        public void write(Payload frame) throws IOException {
            out.write(frame.bytes());
        }

        @Override
        public void flush() {}

        @Override
        public void onClose(Runnable callback) {}
    }
}
