package io.coxswain.cluster.real;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A kubectl, ours or somebody else's, and the cluster that it talks to.
record Kubectl(List<String> program, Path kubeconfig) {

    static Kubectl ours(Path kubeconfig) {
        return new Kubectl(List.of(Program.cox(), "kubectl"), kubeconfig);
    }

    /// Every real kubectl there is: on the path, and those that `COX_TEST_KUBECTLS` names.
    static List<Path> onThisMachine() {
        var folders = System.getenv().getOrDefault("PATH", "").split(":");
        var named = System.getenv().getOrDefault("COX_TEST_KUBECTLS", "").split(":");
        var found = new LinkedHashMap<Path, Path>();
        Stream.concat(
                        Arrays.stream(folders).map(folder -> Path.of(folder, "kubectl")),
                        Arrays.stream(named).filter(name -> !name.isEmpty()).map(Path::of))
                .filter(Files::isExecutable)
                .forEach(file -> found.putIfAbsent(real(file), file));
        return List.copyOf(found.values());
    }

    /// Whatever comes of it.
    Program.Result tryTo(String... arguments) {
        var command = new ArrayList<>(program);
        command.add("--kubeconfig=" + kubeconfig);
        command.addAll(List.of(arguments));
        return Program.run(Map.of(), command);
    }

    /// The output of a command that has to succeed.
    String run(String... arguments) {
        var result = tryTo(arguments);
        if (result.exitCode() != 0) {
            throw new AssertionError(
                    "kubectl " + String.join(" ", arguments) + ":\n" + result.all());
        }
        return result.output();
    }

    private static Path real(Path file) {
        try {
            return file.toRealPath();
        } catch (java.io.IOException e) {
            return file;
        }
    }

    @Override
    public String toString() {
        return String.join(" ", program);
    }
}
