package io.coxswain.apiserver;

import io.coxswain.api.codec.Problems;
import io.coxswain.api.codec.Times;
import io.coxswain.api.coordination.Lease;
import io.coxswain.api.core.ConfigMap;
import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonReader;
import io.coxswain.api.json.JsonWriter;
import io.coxswain.api.schema.Resource;
import io.coxswain.apiserver.registry.Catalog;
import io.coxswain.apiserver.registry.Part;
import io.coxswain.apiserver.registry.Registry;
import io.coxswain.apiserver.registry.WriteOptions;
import io.coxswain.http.Request;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/// What this server says about itself in the cluster: how extension servers know it, and a Lease
/// that shows it is there.
final class SystemObjects {

    private static final User SELF = User.of("system:apiserver", User.MASTERS);
    private static final WriteOptions OPTIONS = WriteOptions.internal("kube-apiserver");
    private static final String NAMESPACE = "kube-system";
    private static final String TRACKING = "kube-apiserver-legacy-service-account-token-tracking";

    private final Registry registry;
    private final Catalog catalog;
    private final ApiServerConfiguration configuration;

    SystemObjects(Registry registry, Catalog catalog, ApiServerConfiguration configuration) {
        this.registry = registry;
        this.catalog = catalog;
        this.configuration = configuration;
    }

    void publish() {
        ensure(ConfigMap.class, "extension-apiserver-authentication", authentication());
        var since = LocalDate.ofInstant(registry.clock().now(), ZoneOffset.UTC);
        if (registry.find(catalog.of(ConfigMap.class).key(NAMESPACE, TRACKING)) == null) {
            ensure(ConfigMap.class, TRACKING, "{\"data\":{\"since\":\"" + since + "\"}}");
        }
        var address = configuration.advertiseAddress() + ":" + configuration.port();
        var identity =
                UUID.nameUUIDFromBytes(address.getBytes(StandardCharsets.UTF_8))
                        .toString()
                        .replace("-", "")
                        .substring(0, 26);
        ensure(Lease.class, "apiserver-" + identity, lease("apiserver-" + identity, address));
    }

    private String authentication() {
        var data = new LinkedHashMap<String, Json>();
        var trust = configuration.frontProxy();
        data.put("client-ca-file", Json.of(trust == null ? "" : trust.clientAuthorities()));
        data.put("requestheader-allowed-names", Json.of("[\"front-proxy-client\"]"));
        data.put("requestheader-client-ca-file", Json.of(trust == null ? "" : trust.authority()));
        data.put("requestheader-extra-headers-prefix", Json.of("[\"X-Remote-Extra-\"]"));
        data.put("requestheader-group-headers", Json.of("[\"X-Remote-Group\"]"));
        data.put("requestheader-username-headers", Json.of("[\"X-Remote-User\"]"));
        return text(Map.of("data", new Json.Obj(data)));
    }

    private String lease(String name, String address) {
        var now = Times.micros(registry.clock().now());
        return """
        {"metadata":{
          "labels":{"apiserver.kubernetes.io/identity":"kube-apiserver"},
          "annotations":{"kubernetes.io/peer-advertise-address":"%s"}},
         "spec":{"holderIdentity":"%s_%s","leaseDurationSeconds":3600,
          "acquireTime":"%s","renewTime":"%s"}}
        """
                .formatted(address, name, UUID.randomUUID(), now, now);
    }

    private static String text(Map<String, Json> fields) {
        return new String(JsonWriter.write(Json.object(fields)), StandardCharsets.UTF_8);
    }

    private <T extends Resource> void ensure(Class<T> type, String name, String json) {
        var kind = catalog.of(type);
        var tree = JsonReader.readObject(json.getBytes(StandardCharsets.UTF_8));
        var metadata =
                tree.object("metadata")
                        .with("name", Json.of(name))
                        .with("namespace", Json.of(NAMESPACE));
        var object = kind.codec().fromTree(tree.with("metadata", metadata), new Problems());
        var call = Call.of(Request.of("PUT", kind.kind().path(NAMESPACE, name))).as(SELF);
        var key = kind.key(NAMESPACE, name);
        if (registry.find(key) == null) {
            registry.create(call, kind, NAMESPACE, object, OPTIONS);
            return;
        }
        registry.update(call, kind, key, Part.MAIN, stored -> object, OPTIONS);
    }
}
