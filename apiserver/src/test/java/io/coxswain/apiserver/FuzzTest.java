package io.coxswain.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.coxswain.api.cbor.CborWriter;
import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonReader;
import io.coxswain.api.json.JsonWriter;
import io.coxswain.api.json.Yaml;
import io.coxswain.apiserver.fuzz.Bytes;
import io.coxswain.apiserver.fuzz.JsonTrees;
import io.coxswain.apiserver.fuzz.Seeds;
import io.coxswain.base.Clock;
import java.lang.management.ManagementFactory;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Whatever is sent, every decoder behind the API answers with a clear error or takes it: never
/// with a fault, never after more than a second, never with more than 64 MB for a small input.
///
/// `-Dfuzz.seconds=600` goes on for that long at each kind of input, `-Dfuzz.seed=N` begins
/// elsewhere. A failure names the input in base64.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FuzzTest {

    private static final String MAPS = "/api/v1/namespaces/default/configmaps";

    /// What upstream takes for a fault of its own, or for one that passes.
    private static final List<String> AS_UPSTREAM =
            List.of("does not contain declared merge key", "Too large resource version");

    private static final int SECONDS = Integer.getInteger("fuzz.seconds", 0);
    private static final int INPUTS = 150;
    private static final long NANOS_MAX = 1_000_000_000;
    private static final long ALLOCATED_MAX = 64 << 20;

    private final Random random = new Random(Long.getLong("fuzz.seed", 1));
    private final Bytes bytes = new Bytes(random);
    private final JsonTrees trees = new JsonTrees(random);
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final TestServer server =
            new TestServer(
                    true,
                    common -> common.serving(Serving.parse("", "CBORServingAndStorage=true")));
    private final TestServer.Caller admin = server.admin();
    private final List<Seed> seeds = new ArrayList<>();

    private record Seed(String path, String name, Json tree, byte[] json) {
        String dry(String more) {
            return path + "?dryRun=All" + more;
        }

        String object(String more) {
            return path + "/" + name + "?dryRun=All" + more;
        }
    }

    @BeforeAll
    void create() {
        Seeds.objects()
                .forEach((path, yaml) -> {
                    var tree = (Json.Obj) Yaml.readAll(yaml).getFirst();
                    var created = admin.post(path, yaml);
                    assertThat(created.status()).as(path + " " + created.text()).isEqualTo(201);
                    var name = tree.object("metadata").text("name");
                    seeds.add(new Seed(path, name, tree, JsonWriter.write(tree)));
                });
    }

    @AfterAll
    void close() {
        assertThat(admin.get(MAPS + "/c").status()).isEqualTo(200);
        server.close();
    }

    /// Sends inputs until it is enough, and looks at what each costs.
    private void fuzz(String what, Function<byte[], Answer> send, Function<Integer, byte[]> input) {
        var found = new ArrayList<String>();
        var end = Clock.SYSTEM.nanos() + SECONDS * 1_000_000_000L;
        for (var i = 0; found.size() < 5 && (i < INPUTS || Clock.SYSTEM.nanos() < end); i++) {
            var sent = input.apply(i);
            var spent = threads.getCurrentThreadCpuTime();
            var allocated = threads.getCurrentThreadAllocatedBytes();
            var answer = send.apply(sent);
            allocated = threads.getCurrentThreadAllocatedBytes() - allocated;
            spent = threads.getCurrentThreadCpuTime() - spent;
            var problem = problem(answer, spent, allocated);
            if (!problem.isEmpty()) {
                found.add(
                        "%s number %d: %s%n%s%n"
                                .formatted(
                                        what,
                                        i,
                                        problem,
                                        Base64.getEncoder().encodeToString(sent)));
            }
        }
        assertThat(found).isEmpty();
    }

    private static String problem(Answer answer, long spent, long allocated) {
        if (answer.status() < 200 || answer.status() > 499) {
            var known = AS_UPSTREAM.stream().anyMatch(answer.text()::contains);
            return known ? "" : answer.text();
        }
        if (spent > NANOS_MAX) {
            return spent + " ns";
        }
        return allocated > ALLOCATED_MAX ? allocated + " bytes" : "";
    }

    private Seed any() {
        return seeds.get(random.nextInt(seeds.size()));
    }

    @Test
    void json() {
        var at = new Seed[] {seeds.getFirst()};
        fuzz(
                "JSON",
                sent ->
                        admin.send(
                                "POST",
                                at[0].dry("&fieldValidation=Strict"),
                                "application/json",
                                sent),
                i -> {
                    at[0] = any();
                    return bytes.change(at[0].json, any().json);
                });
    }

    @Test
    void objects() {
        var at = new Seed[] {seeds.getFirst()};
        fuzz(
                "object",
                sent -> admin.send("POST", at[0].dry(""), "application/json", sent),
                i -> {
                    at[0] = any();
                    return trees.change(at[0].tree);
                });
    }

    @Test
    void yaml() {
        var at = new Seed[] {seeds.getFirst()};
        fuzz(
                "YAML",
                sent -> admin.send("POST", at[0].dry(""), "application/yaml", sent),
                i -> {
                    at[0] = any();
                    var text = Yaml.write(at[0].tree).getBytes(StandardCharsets.UTF_8);
                    return bytes.change(text, any().json);
                });
    }

    @Test
    void protobuf() {
        var type = "application/vnd.kubernetes.protobuf";
        var messages = new ArrayList<byte[]>();
        for (var seed : seeds) {
            var got = admin.with("accept", type).get(seed.path + "/" + seed.name);
            messages.add(got.status() == 200 ? got.body() : seed.json);
        }
        var at = new Seed[] {seeds.getFirst()};
        fuzz(
                "protobuf",
                sent -> admin.send("POST", at[0].dry(""), type, sent),
                i -> {
                    var which = random.nextInt(seeds.size());
                    at[0] = seeds.get(which);
                    var other = messages.get(random.nextInt(messages.size()));
                    return bytes.change(messages.get(which), other);
                });
    }

    @Test
    void cbor() {
        var at = new Seed[] {seeds.getFirst()};
        fuzz(
                "CBOR",
                sent -> admin.send("POST", at[0].dry(""), "application/cbor", sent),
                i -> {
                    at[0] = any();
                    return bytes.change(CborWriter.write(at[0].tree), CborWriter.write(any().tree));
                });
    }

    @Test
    void mergingPatches() {
        var types =
                new String[] {
                    "application/merge-patch+json", "application/strategic-merge-patch+json"
                };
        var at = new Seed[] {seeds.getFirst()};
        fuzz(
                "patch",
                sent -> admin.send("PATCH", at[0].object(""), types[random.nextInt(2)], sent),
                i -> {
                    do {
                        at[0] = any();
                    } while (at[0].name.isEmpty());
                    return random.nextInt(3) == 0
                            ? bytes.change(at[0].json, any().json)
                            : trees.change(at[0].tree);
                });
    }

    @Test
    void jsonPatches() {
        var patch =
                JsonReader.read(
                        """
                        [{"op":"test","path":"/metadata/name","value":"c"},
                         {"op":"add","path":"/metadata/labels","value":{"a":"b"}},
                         {"op":"copy","from":"/metadata","path":"/metadata/labels/x"},
                         {"op":"replace","path":"/data","value":{}},
                         {"op":"move","from":"/data","path":"/data~1x"},
                         {"op":"remove","path":"/metadata/labels/a"},
                         {"op":"add","path":"/metadata/finalizers/-","value":"x.io/y"}]
                        """
                                .getBytes(StandardCharsets.UTF_8));
        fuzz(
                "JSON patch",
                sent ->
                        admin.send(
                                "PATCH",
                                seeds.get(1).object(""),
                                "application/json-patch+json",
                                sent),
                i ->
                        random.nextInt(3) == 0
                                ? bytes.change(JsonWriter.write(patch), any().json)
                                : trees.change(patch));
    }

    @Test
    void apply() {
        var at = new Seed[] {seeds.getFirst()};
        fuzz(
                "apply",
                sent ->
                        admin.send(
                                "PATCH",
                                at[0].object("&fieldManager=f&force=true"),
                                "application/apply-patch+yaml",
                                sent),
                i -> {
                    do {
                        at[0] = any();
                    } while (at[0].name.isEmpty());
                    return random.nextInt(3) == 0
                            ? bytes.change(at[0].json, any().json)
                            : trees.change(at[0].tree);
                });
    }

    @Test
    void selectors() {
        var labels = "a in (b,c),!d,e!=f,g notin (h),i,j==k,l>3";
        var fields = "metadata.name=c,metadata.namespace!=kube-system";
        fuzz(
                "selector",
                sent -> {
                    var text = new String(sent, StandardCharsets.ISO_8859_1);
                    var parameter = random.nextBoolean() ? "labelSelector=" : "fieldSelector=";
                    return admin.get(
                            MAPS
                                    + "?"
                                    + parameter
                                    + URLEncoder.encode(text, StandardCharsets.UTF_8));
                },
                i ->
                        bytes.change(
                                (random.nextBoolean() ? labels : fields)
                                        .getBytes(StandardCharsets.UTF_8),
                                labels.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void continueTokens() {
        admin.post(MAPS, "{metadata: {name: second}}");
        var token = admin.get(MAPS + "?limit=1").at("metadata", "continue");
        var inside = Base64.getUrlDecoder().decode(token);
        fuzz(
                "continue token",
                sent ->
                        admin.get(
                                MAPS
                                        + "?limit=2&continue="
                                        + URLEncoder.encode(
                                                new String(sent, StandardCharsets.ISO_8859_1),
                                                StandardCharsets.UTF_8)),
                i ->
                        random.nextBoolean()
                                ? bytes.change(token.getBytes(StandardCharsets.UTF_8), inside)
                                : Base64.getUrlEncoder()
                                        .withoutPadding()
                                        .encode(bytes.change(inside, inside)));
    }

    @Test
    void expressions() {
        var texts =
                List.of(
                        "object.spec.replicas <= 5 && object.metadata.labels.all(l, l.size() < 9)",
                        "quantity('1Gi').add(3).isGreaterThan(quantity('2M')) ? 'a' : \"b\"",
                        "[1, 2u, 3.0, b'x', {'k': null}].exists_one(x, type(x) == int)",
                        "url('https://a:1/b?c').getHost().matches('^[a-z]+$')",
                        "has(object.a) && duration('1h') < timestamp('2020-01-01T00:00:00Z') - now",
                        "cidr('10.0.0.0/8').containsIP(ip('10.1.1.1')) || semver('1.2.3').major() == 1");
        var policy = seeds.stream().filter(seed -> seed.name.equals("v")).findFirst().orElseThrow();
        fuzz(
                "expression",
                sent -> {
                    var text = Json.of(new String(sent, StandardCharsets.ISO_8859_1));
                    var rule = Json.object(java.util.Map.of("expression", text));
                    var tree = (Json.Obj) policy.tree;
                    var spec = tree.object("spec").with("validations", new Json.Arr(List.of(rule)));
                    return admin.send(
                            "PUT",
                            policy.object(""),
                            "application/json",
                            JsonWriter.write(tree.with("spec", spec)));
                },
                i -> {
                    var text = texts.get(random.nextInt(texts.size()));
                    var other = texts.get(random.nextInt(texts.size()));
                    return bytes.change(
                            text.getBytes(StandardCharsets.UTF_8),
                            other.getBytes(StandardCharsets.UTF_8));
                });
    }

    @Test
    void queriesAndOptions() {
        var query =
                "fieldManager=m&fieldValidation=Strict&pretty=true&propagationPolicy=Orphan"
                        + "&gracePeriodSeconds=3&limit=5&resourceVersionMatch=Exact"
                        + "&timeoutSeconds=3&orphanDependents=true&dryRun=All";
        var options =
                JsonReader.read(
                        "{\"kind\":\"DeleteOptions\",\"apiVersion\":\"v1\",\"preconditions\":{\"uid\":\"x\"},\"propagationPolicy\":\"Foreground\",\"dryRun\":[\"All\"]}"
                                .getBytes(StandardCharsets.UTF_8));
        fuzz(
                "query",
                sent -> {
                    var text = new String(sent, StandardCharsets.US_ASCII).replace("%", "");
                    return admin.send(
                            random.nextBoolean() ? "POST" : "DELETE",
                            MAPS + "/c?dryRun=All&" + text.replace("dryRun=", "dry="),
                            "application/json",
                            trees.change(options));
                },
                i ->
                        bytes.change(
                                query.getBytes(StandardCharsets.UTF_8),
                                query.getBytes(StandardCharsets.UTF_8)));
    }
}
