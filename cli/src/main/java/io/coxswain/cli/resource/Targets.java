package io.coxswain.cli.resource;

import io.coxswain.api.json.Json;
import io.coxswain.api.meta.Status;
import io.coxswain.api.schema.ApiError;
import io.coxswain.cli.CliError;
import io.coxswain.cli.Failures;
import io.coxswain.cli.Session;
import io.coxswain.cli.server.ResourceType;
import io.coxswain.cli.server.Server;
import io.coxswain.cli.server.Trees;
import io.coxswain.http.Query;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/// Finds the objects that a command line points at.
public final class Targets {

    public static final String NOTHING =
            """
            You must provide one or more resources by argument or filename.
            Example resource specifications include:
               '-f rsrc.yaml'
               '--filename=rsrc.json'
               '<resource> <name>'
               '<resource>'\
            """;

    static final String NEEDED = "resource(s) were provided, but no name was specified";

    private final Session session;

    public Targets(Session session) {
        this.session = session;
    }

    /// The objects of files, with the namespaces they go to. All or none: a file that cannot be
    /// understood is an error.
    public List<Target> fromFiles(FileFlags files) {
        var manifests = new ManifestFiles(session.in(), files.recursive()).read(files.files());
        return manifests.stream().map(this::target).toList();
    }

    public Target target(Manifest manifest) {
        var type = session.types().ofKind(manifest.apiVersion(), manifest.kind());
        if (type == null) {
            throw unmapped(manifest);
        }
        return target(type, manifest.object(), manifest.source());
    }

    private static CliError unmapped(Manifest manifest) {
        return new CliError(
                "resource mapping not found for name: \""
                        + manifest.name()
                        + "\" namespace: \""
                        + Trees.namespace(manifest.object())
                        + "\" from \""
                        + manifest.source()
                        + "\": no matches for kind \""
                        + manifest.kind()
                        + "\" in version \""
                        + manifest.apiVersion()
                        + "\"\nensure CRDs are installed first");
    }

    /// An object with the namespace it goes to put in.
    public Target target(ResourceType type, Json.Obj given, String source) {
        var object = given;
        var namespace = Trees.namespace(object);
        if (!type.namespaced()) {
            return new Target(type, "", Trees.name(object), object, source);
        }
        if (namespace.isEmpty()) {
            namespace = session.namespace();
            object = Trees.set(object, "metadata.namespace", Json.of(namespace));
        } else if (session.namespaceGiven() && !namespace.equals(session.namespace())) {
            throw new CliError(
                    "the namespace from the provided object \""
                            + namespace
                            + "\" does not match the namespace \""
                            + session.namespace()
                            + "\". You must pass '--namespace="
                            + namespace
                            + "' to perform this operation.");
        }
        return new Target(type, namespace, Trees.name(object), object, source);
    }

    /// The types and names of a command line, nothing fetched: `pod a b`, `pod/a deploy/b`.
    public List<Target> named(List<String> arguments) {
        var found = new ArrayList<Target>();
        if (arguments.isEmpty()) {
            return found;
        }
        if (arguments.getFirst().contains("/")) {
            for (var argument : arguments) {
                found.add(slashed(argument));
            }
            return found;
        }
        var names = arguments.subList(1, arguments.size());
        for (var word : arguments.getFirst().split(",")) {
            var type = session.types().find(word);
            for (var name : names) {
                if (name.contains("/")) {
                    throw mixed();
                }
                found.add(named(type, name));
            }
        }
        return found;
    }

    private static CliError mixed() {
        return new CliError(
                "there is no need to specify a resource type as a separate argument"
                        + " when passing arguments in resource/name form (e.g."
                        + " 'kubectl get resource/<resource_name>' instead of"
                        + " 'kubectl get resource resource/<resource_name>'");
    }

    private Target slashed(String argument) {
        var parts = argument.split("/", -1);
        if (parts.length == 1) {
            throw mixed();
        }
        if (parts.length != 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
            throw new CliError(
                    parts.length == 2
                            ? "arguments in resource/name form must have a single resource and name"
                            : "arguments in resource/name form may not have more than one slash");
        }
        return named(session.types().find(parts[0]), parts[1]);
    }

    public Target named(ResourceType type, String name) {
        var namespace = type.namespaced() ? session.namespace() : "";
        return new Target(type, namespace, name, Json.EMPTY, "");
    }

    /// The types of the first argument, `pods,svc` or a category.
    public List<ResourceType> types(String argument) {
        var found = new ArrayList<ResourceType>();
        for (var word : argument.split(",")) {
            var type = session.types().search(word);
            var category = type == null ? session.types().category(word) : List.<ResourceType>of();
            if (!category.isEmpty()) {
                found.addAll(category);
            } else {
                found.add(session.types().find(word));
            }
        }
        return found;
    }

    /// The objects of files or of a command line, fetched from the server.
    public List<Target> fetched(
            FileFlags files, List<String> arguments, SelectFlags select, boolean all) {
        var failures = new Failures.Collector();
        var found = fetched(files, arguments, select, all, failures);
        failures.finish();
        return found;
    }

    /// The same, without those that could not be fetched, whose failures are collected.
    public List<Target> fetched(
            FileFlags files,
            List<String> arguments,
            SelectFlags select,
            boolean all,
            Failures.Collector failures) {
        if (!files.isEmpty()) {
            return fetchAll(fromFiles(files), failures);
        }
        if (arguments.isEmpty()) {
            throw new CliError(NOTHING);
        }
        if (arguments.size() > 1 || arguments.getFirst().contains("/")) {
            if (select.selects()) {
                throw new CliError("name cannot be provided when a selector is specified");
            }
            return fetchAll(named(arguments), failures);
        }
        if (!all && !select.selects()) {
            throw new CliError(NEEDED);
        }
        var found = new ArrayList<Target>();
        for (var type : types(arguments.getFirst())) {
            found.addAll(list(type, select));
        }
        return found;
    }

    private List<Target> fetchAll(List<Target> targets, Failures.Collector failures) {
        var found = new ArrayList<Target>();
        for (var target : targets) {
            failures.attempt(() -> found.add(fetch(target)));
        }
        return found;
    }

    /// The object with all that the server knows about it.
    public Target fetch(Target target) {
        return target.with(get(target, "", Query.EMPTY, Server.JSON));
    }

    /// The object, or its table. One that is not there may be so because its namespace is not.
    public Json.Obj get(Target target, String subresource, Query query, String accept) {
        try {
            return session.server().get(target.path() + subresource, query, accept);
        } catch (ApiError e) {
            if (e.notFound() && !target.namespace().isEmpty()) {
                session.server().get("/api/v1/namespaces/" + target.namespace());
            }
            throw e;
        }
    }

    /// All objects of a type.
    public List<Target> list(ResourceType type, SelectFlags select) {
        var namespace = select.allNamespaces() || !type.namespaced() ? "" : session.namespace();
        var found = new ArrayList<Target>();
        var next = "";
        do {
            var query = select.query().with("limit", "500");
            var page = page(type, namespace, select, query, next);
            for (var item : Trees.objects(page, "items")) {
                var object = typed(item, type);
                found.add(
                        new Target(type, Trees.namespace(object), Trees.name(object), object, ""));
            }
            next = page.object("metadata").text("continue");
        } while (!next.isEmpty());
        return found;
    }

    private Json.Obj page(
            ResourceType type, String namespace, SelectFlags select, Query query, String next) {
        try {
            var asked = next.isEmpty() ? query : query.with("continue", next);
            return session.server().get(type.path(namespace), asked);
        } catch (ApiError e) {
            throw selecting(type, select, e);
        }
    }

    /// Names the selectors in the message of a list that was refused because of them.
    public static ApiError selecting(ResourceType type, SelectFlags select, ApiError error) {
        if (!select.selects() || !error.reason().equals("BadRequest")) {
            return error;
        }
        var resource = type.group() + "/" + type.version() + ", Resource=" + type.plural();
        return renamed(
                error,
                "Unable to find \"%s\" that match label selector \"%s\", field selector \"%s\": %s"
                        .formatted(
                                resource,
                                select.selector(),
                                select.fieldSelector(),
                                error.status().message()));
    }

    /// Items of lists do not say what they are; this one does, and says it first.
    public static Json.Obj typed(Json.Obj item, ResourceType type) {
        if (!item.text("kind").isEmpty()) {
            return item;
        }
        var fields = new LinkedHashMap<String, Json>();
        fields.put("apiVersion", Json.of(type.apiVersion()));
        fields.put("kind", Json.of(type.kind()));
        fields.putAll(item.fields());
        return new Json.Obj(fields);
    }

    /// The query of a request that changes something.
    public static Query writing(String manager, boolean serverDryRun, String validation) {
        var query = Query.EMPTY;
        if (serverDryRun) {
            query = query.with("dryRun", "All");
        }
        if (!manager.isEmpty()) {
            query = query.with("fieldManager", manager);
        }
        return validation.isEmpty() ? query : query.with("fieldValidation", validation);
    }

    /// Names the file in the message of a failure.
    public static ApiError during(String verb, String source, ApiError error) {
        if (source.isEmpty()) {
            return error;
        }
        return renamed(
                error, "error when " + verb + " \"" + source + "\": " + error.status().message());
    }

    /// The same failure with another message.
    public static ApiError renamed(ApiError error, String message) {
        var status = error.status();
        return new ApiError(
                new Status(
                        status.kind(),
                        status.apiVersion(),
                        status.metadata(),
                        status.status(),
                        message,
                        status.reason(),
                        status.details(),
                        status.code()));
    }
}
