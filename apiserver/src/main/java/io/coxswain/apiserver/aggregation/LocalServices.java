package io.coxswain.apiserver.aggregation;

import io.coxswain.api.apiregistration.APIService;
import io.coxswain.api.apiregistration.APIService.APIServiceCondition;
import io.coxswain.api.apiregistration.APIService.APIServiceSpec;
import io.coxswain.api.apiregistration.APIService.APIServiceStatus;
import io.coxswain.api.meta.DeleteOptions;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.ApiError;
import io.coxswain.api.schema.Edit;
import io.coxswain.apiserver.Call;
import io.coxswain.apiserver.User;
import io.coxswain.apiserver.discovery.Directory;
import io.coxswain.apiserver.registry.Catalog;
import io.coxswain.apiserver.registry.Part;
import io.coxswain.apiserver.registry.Registry;
import io.coxswain.apiserver.registry.Served;
import io.coxswain.apiserver.registry.WriteOptions;
import io.coxswain.apiserver.verbs.Deletes;
import io.coxswain.http.Request;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;

/// Registers the groups and versions that this server answers itself as APIServices, as clients
/// that list them expect.
public final class LocalServices {

    private static final User SELF = User.of("system:apiserver", User.MASTERS);
    private static final WriteOptions OPTIONS = WriteOptions.internal("kube-apiserver");
    private static final String AUTOMANAGED = "kube-aggregator.kubernetes.io/automanaged";

    /// When a service is looked after: at a start, or whenever a definition changes.
    private static final String ON_START = "onstart";

    private static final String ALWAYS = "true";

    private final Registry registry;
    private final Catalog catalog;
    private final Served<APIService> services;
    private final Directory directory;

    public LocalServices(Registry registry, Catalog catalog, Directory directory) {
        this.registry = registry;
        this.catalog = catalog;
        this.services = catalog.of(APIService.class);
        this.directory = directory;
    }

    /// Creates what is missing for built-in kinds; what is there is left as it is.
    public void publish() {
        try (var all = Executors.newVirtualThreadPerTaskExecutor()) {
            directory
                    .groups()
                    .forEach((group, versions) -> {
                        if (!group.equals("apiregistration.k8s.io") && !directory.isCustom(group)) {
                            versions.keySet()
                                    .forEach(version ->
                                            all.execute(() -> ensure(group, version, ON_START)));
                        }
                    });
        }
    }

    /// Creates what is missing for custom kinds, and deletes what was made for those that are gone.
    public void followCustom() {
        var wanted = new HashSet<String>();
        directory
                .groups()
                .forEach((group, versions) -> {
                    if (directory.isCustom(group)) {
                        for (var version : versions.keySet()) {
                            wanted.add(version + "." + group);
                            ensure(group, version, ALWAYS);
                        }
                    }
                });
        for (var service : catalog.all(registry.store().snapshot(), APIService.class)) {
            if (ALWAYS.equals(service.metadata().labels().get(AUTOMANAGED))
                    && !wanted.contains(service.name())) {
                delete(service.name());
            }
        }
    }

    private void delete(String name) {
        var call = Call.of(Request.of("DELETE", services.kind().path("", name))).as(SELF);
        try {
            Deletes.delete(
                    call,
                    services,
                    registry,
                    services.key("", name),
                    Edit.of(DeleteOptions.class).done(),
                    OPTIONS);
        } catch (ApiError error) {
            if (!error.notFound()) {
                throw error;
            }
        }
    }

    private void ensure(String group, String version, String managed) {
        var name = version + "." + group;
        if (registry.find(services.key("", name)) != null) {
            return;
        }
        var call = Call.of(Request.of("POST", services.kind().path(""))).as(SELF);
        try {
            registry.create(call, services, "", service(name, group, version, managed), OPTIONS);
            registry.update(
                    call,
                    services,
                    services.key("", name),
                    Part.STATUS,
                    stored -> Edit.with(stored, APIService::status, available()),
                    OPTIONS);
        } catch (ApiError error) {
            if (!error.alreadyExists()) {
                throw error;
            }
        }
    }

    private static APIService service(String name, String group, String version, String managed) {
        var priorities = Priorities.of(name);
        var spec =
                Edit.of(APIServiceSpec.class)
                        .set(APIServiceSpec::group, group)
                        .set(APIServiceSpec::version, version)
                        .set(APIServiceSpec::groupPriorityMinimum, priorities.group())
                        .set(APIServiceSpec::versionPriority, priorities.version())
                        .done();
        var meta =
                Edit.of(ObjectMeta.class)
                        .set(ObjectMeta::name, name)
                        .set(ObjectMeta::labels, Map.of(AUTOMANAGED, managed))
                        .done();
        return Edit.of(APIService.class)
                .set(APIService::metadata, meta)
                .set(APIService::spec, spec)
                .done();
    }

    private APIServiceStatus available() {
        return new APIServiceStatus(
                List.of(
                        new APIServiceCondition(
                                "Available",
                                "True",
                                registry.clock().now().truncatedTo(ChronoUnit.SECONDS),
                                "Local",
                                "Local APIServices are always available")));
    }
}
