package io.coxswain.cluster;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// The arrows between modules and packages. docs/map.md draws them.
class ArchitectureTest {

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("io.coxswain");

    private static final List<String> CLIENT = List.of("base", "api", "http", "client");

    /// What each module may use, beside itself.
    private static final Map<String, List<String>> MAY_USE =
            Map.ofEntries(
                    Map.entry("base", List.of()),
                    Map.entry("api", List.of("base")),
                    Map.entry("storage", List.of("base")),
                    Map.entry("etcd", List.of("base", "storage")),
                    Map.entry("http", List.of("base")),
                    Map.entry("client", List.of("base", "api", "http")),
                    Map.entry("apiserver", List.of("base", "api", "storage", "http")),
                    Map.entry("controllers", CLIENT),
                    Map.entry("scheduler", CLIENT),
                    Map.entry("kubelet", CLIENT),
                    Map.entry("network", CLIENT),
                    Map.entry("cli", CLIENT));

    static final List<String> MODULES = MAY_USE.keySet().stream().sorted().toList();

    /// Modules whose packages do not depend on each other in circles. In `api` they do: what an
    /// object is (schema) and the parts every object has (meta) are one thing in two packages.
    static final List<String> WITHOUT_CYCLES =
            List.of("storage", "etcd", "controllers", "scheduler", "client", "http", "base");

    @ParameterizedTest
    @FieldSource("MODULES")
    void aModuleUsesOnlyWhatTheMapAllows(String module) {
        var allowed = new ArrayList<>(MAY_USE.getOrDefault(module, List.of()));
        allowed.add(module);
        var others =
                MODULES.stream()
                        .filter(other -> !allowed.contains(other))
                        .map(other -> "io.coxswain." + other + "..")
                        .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage("io.coxswain." + module + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void onlyHttpTouchesNetty() {
        classes()
                .that()
                .resideOutsideOfPackages("io.coxswain.http..", "io.coxswain.kubelet.runtime.cri..")
                .should()
                .onlyDependOnClassesThat()
                .resideOutsideOfPackage("io.netty..")
                .check(CLASSES);
    }

    @ParameterizedTest
    @FieldSource("WITHOUT_CYCLES")
    void packagesOfAModuleHaveNoCycles(String module) {
        slices().matching("io.coxswain." + module + ".(**)")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(CLASSES);
    }
}
