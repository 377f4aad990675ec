package io.coxswain.cluster.commands;

import io.coxswain.api.json.Json;
import io.coxswain.api.schema.ApiError;
import io.coxswain.base.flags.FlagSet;
import io.coxswain.base.flags.UsageError;
import io.coxswain.client.Client;
import io.coxswain.cluster.StartupException;
import io.coxswain.cluster.store.StoreEndpoint;
import io.coxswain.http.Request;
import io.coxswain.storage.StoreException;
import io.coxswain.storage.disk.FileDisk;
import io.coxswain.storage.disk.InUseException;
import io.coxswain.storage.embedded.Backup;
import io.coxswain.storage.embedded.Verification;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// `cox store stats`: figures of a running cluster's store. `cox store verify [BACKUP]`: checks
/// every byte of a store that is not open, or of a backup.
record StoreCommand() implements Command {

    @Override
    public Class<AdminAccess> flags() {
        return AdminAccess.class;
    }

    @Override
    public int run(List<String> args) {
        var parsed = FlagSet.of(AdminAccess.class).parse(args);
        var words = parsed.arguments();
        if (words.equals(List.of("stats"))) {
            return parsed.flags().with(connection -> stats(connection.client()));
        }
        if (words.equals(List.of("verify"))) {
            return verify(parsed.flags().directory().store());
        }
        if (words.size() == 2 && words.getFirst().equals("verify")) {
            return verifyBackup(Path.of(words.get(1)).toAbsolutePath());
        }
        throw new UsageError("expected: cox store stats, or cox store verify [BACKUP]");
    }

    private static int stats(Client client) {
        try {
            var figures = client.json(Request.get(StoreEndpoint.STATS));
            figures.fields()
                    .forEach((name, value) -> System.out.printf("%-20s %s%n", name, text(value)));
            return 0;
        } catch (ApiError error) {
            throw new StartupException(
                    error.status().code() == 404
                            ? "this cluster has no embedded store"
                            : String.valueOf(error.getMessage()));
        }
    }

    private static String text(Json value) {
        return switch (value) {
            case Json.Int(var number) -> Long.toString(number);
            case Json.Bool(var truth) -> Boolean.toString(truth);
            case Json.Str(var text) -> text;
            default -> value.toString();
        };
    }

    private static int verify(Path store) {
        if (!Files.exists(store.resolve("FORMAT"))) {
            throw new StartupException("there is no store in " + store);
        }
        try {
            var result = Verification.of(new FileDisk(store));
            for (var file : result.files()) {
                System.out.printf(
                        "%-34s %8d records, revisions %d to %d%s%n",
                        file.file(),
                        file.records(),
                        file.firstRevision(),
                        file.lastRevision(),
                        file.problem().isEmpty() ? "" : ": DAMAGED: " + file.problem());
                if (file.tornBytes() > 0) {
                    System.out.printf(
                            "%-34s %8d bytes at the end were never acknowledged; the next start"
                                    + " cuts them off%n",
                            "", file.tornBytes());
                }
            }
            System.out.println(result.sound() ? "The store is sound." : "The store is DAMAGED.");
            return result.sound() ? 0 : 1;
        } catch (StoreException e) {
            throw new StartupException(
                    e.getCause() instanceof InUseException
                            ? "a running cluster has the store open; stop it, or verify a backup"
                                    + " (cox backup FILE, then cox store verify FILE)"
                            : String.valueOf(e.getMessage()));
        }
    }

    private static int verifyBackup(Path file) {
        var folder = file.getParent();
        if (folder == null || !Files.isReadable(file)) {
            throw new StartupException("cannot read " + file);
        }
        try {
            var content = Backup.check(new FileDisk(folder), String.valueOf(file.getFileName()));
            System.out.printf(
                    "The backup is sound: %d objects at revision %d.%n",
                    content.objects(), content.revision());
            return 0;
        } catch (StoreException e) {
            System.err.println("error: the backup is damaged: " + e.getMessage());
            return 1;
        }
    }
}
