package io.coxswain.cli.commands.config;

import io.coxswain.api.json.Json;
import io.coxswain.base.flags.Flag;
import io.coxswain.cli.CliError;
import io.coxswain.cli.Command;
import io.coxswain.cli.Command.Call;
import io.coxswain.cli.GlobalFlags;
import io.coxswain.client.Kubeconfig;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// `config set` and `config unset`: one value by its dotted name, `clusters.lab.server`.
final class SetProperty {

    static final Command SET =
            Command.of(
                    "config set PROPERTY_NAME PROPERTY_VALUE [options]",
                    "Set an individual value in a kubeconfig file",
                    Flags.class,
                    SetProperty::set);

    static final Command UNSET =
            Command.of(
                    "config unset PROPERTY_NAME [options]",
                    "Unset an individual value in a kubeconfig file",
                    GlobalFlags.Only.class,
                    SetProperty::unset);

    record Flags(
            GlobalFlags global,
            @Flag(
                            "When writing a []byte PROPERTY_VALUE, write the given string directly"
                                    + " without base64 decoding.")
                    boolean setRawBytes)
            implements GlobalFlags.Holder {}

    private static final Set<String> LISTS = Set.of("clusters", "contexts", "users");
    private static final Set<String> TRUTHS =
            Set.of("insecure-skip-tls-verify", "disable-compression");

    private SetProperty() {}

    private static int set(Call<Flags> call) {
        if (call.arguments().size() != 2) {
            throw KubeconfigFiles.unexpected(call.arguments());
        }
        var name = call.argument(0);
        var words = words(name);
        var files = KubeconfigFiles.of(call.session());
        if (words.size() == 1) {
            var file = files.first();
            Kubeconfig.read(file).current(call.argument(1)).write(file);
        } else {
            if (words.size() < 3) {
                throw new CliError("can't set a map to a value: " + name);
            }
            var field = words.getLast();
            change(files, words, before -> before.with(field, value(call, field)));
        }
        call.session().out().println("Property \"" + name + "\" set.");
        return 0;
    }

    private static Json value(Call<Flags> call, String field) {
        var text = call.argument(1);
        if (TRUTHS.contains(field)) {
            return switch (text) {
                case "true", "True", "TRUE", "t", "T", "1" -> Json.of(true);
                case "false", "False", "FALSE", "f", "F", "0" -> Json.of(false);
                default ->
                        throw new CliError(
                                "strconv.ParseBool: parsing \"" + text + "\": invalid syntax");
            };
        }
        if (!field.endsWith("-data")) {
            return Json.of(text);
        }
        if (call.flags().setRawBytes()) {
            var bytes = text.getBytes(StandardCharsets.UTF_8);
            return Json.of(Base64.getEncoder().encodeToString(bytes));
        }
        try {
            Base64.getDecoder().decode(text);
            return Json.of(text);
        } catch (IllegalArgumentException e) {
            throw new CliError("error decoding input value: illegal base64 data at input byte 0");
        }
    }

    private static int unset(Call<GlobalFlags.Only> call) {
        if (call.arguments().size() != 1) {
            throw KubeconfigFiles.unexpected(call.arguments());
        }
        var name = call.argument(0);
        var words = words(name);
        var files = KubeconfigFiles.of(call.session());
        switch (words.size()) {
            case 1 -> {
                var file = files.first();
                Kubeconfig.read(file).current("").write(file);
            }
            case 2 -> {
                var file = files.holding(words.getFirst(), words.get(1));
                Kubeconfig.read(file).without(words.getFirst(), words.get(1)).write(file);
            }
            default -> change(files, words, before -> before.without(words.getLast()));
        }
        call.session().out().println("Property \"" + name + "\" unset.");
        return 0;
    }

    /// Changes one field of an entry.
    private static void change(
            KubeconfigFiles files, List<String> words, UnaryOperator<Json.Obj> change) {
        var list = words.getFirst();
        var entry = words.get(1);
        var file = files.holding(list, entry);
        var config = Kubeconfig.read(file);
        var before = KubeconfigFiles.entry(config, list, entry);
        config.with(list, entry, KubeconfigFiles.field(list), change.apply(before)).write(file);
    }

    /// A dotted name; the name of an entry may have dots of its own, as those of servers do.
    private static List<String> words(String name) {
        var words = List.of(name.split("\\."));
        if (words.size() == 1 && name.equals("current-context")) {
            return words;
        }
        if (words.size() < 2 || !LISTS.contains(words.getFirst())) {
            throw new CliError("unable to parse " + name + " after [] at api.Config");
        }
        if (words.size() <= 3) {
            return words;
        }
        var entry = words.subList(1, words.size() - 1).stream().collect(Collectors.joining("."));
        return List.of(words.getFirst(), entry, words.getLast());
    }
}
