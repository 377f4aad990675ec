package io.coxswain.bench.fuzz;

import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonWriter;
import io.coxswain.api.json.Yaml;
import java.util.List;

/// Valid documents that fuzzing begins with.
final class Samples {

    static final List<String> YAML =
            List.of(
                    """
                    apiVersion: v1
                    kind: Pod
                    metadata: {name: p, labels: {a: b}, finalizers: [x.io/y]}
                    spec:
                      terminationGracePeriodSeconds: 3
                      tolerations: [{key: k, operator: Exists, tolerationSeconds: 5}]
                      volumes: [{name: v, configMap: {name: c, items: [{key: a, path: b}]}}]
                      containers:
                      - name: c
                        image: img
                        args: ["$(A)"]
                        env: [{name: A, value: b}]
                        ports: [{containerPort: 80, name: http}]
                        resources: {requests: {cpu: 100m, memory: 1Mi}}
                        livenessProbe: {httpGet: {path: /, port: http}}
                    """,
                    """
                    a: &anchor {b: 0x1f, c: 1_000, e: !!str 5, yes: no, ~: null}
                    f: *anchor
                    g: |
                      text
                    h: >-
                      folded
                      text
                    ? complex
                    : - 2026-01-01
                      - 'quoted ''text'
                      - "escaped \\x41 \\u00e9"
                    ---
                    second: document
                    """);

    static final List<byte[]> JSON =
            List.of(
                    JsonWriter.write(pod()),
                    JsonWriter.write(
                            Yaml.read("{a: [1, -2, 3.5, 1e300, null, true, \"x\\ny\"], b: {}}")));

    private Samples() {}

    static Json.Obj pod() {
        return (Json.Obj) Yaml.read(YAML.getFirst());
    }
}
