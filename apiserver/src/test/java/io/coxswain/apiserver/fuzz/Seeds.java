package io.coxswain.apiserver.fuzz;

import java.util.LinkedHashMap;
import java.util.Map;

/// Valid objects to begin with, as YAML, by the path they are created at.
public final class Seeds {

    private Seeds() {}

    private static final String CORE = "/api/v1/namespaces/default/";

    public static Map<String, String> objects() {
        var all = new LinkedHashMap<String, String>();
        all.put(
                CORE + "pods",
                """
                {metadata: {name: p, labels: {a: b}, annotations: {c: d}, finalizers: [x.io/y]},
                 spec: {nodeSelector: {disk: ssd}, terminationGracePeriodSeconds: 3,
                  tolerations: [{key: k, operator: Exists, effect: NoExecute, tolerationSeconds: 5}],
                  affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution:
                   {nodeSelectorTerms: [{matchExpressions: [{key: z, operator: In, values: [a]}]}]}}},
                  topologySpreadConstraints: [{maxSkew: 1, topologyKey: t,
                   whenUnsatisfiable: DoNotSchedule, labelSelector: {matchLabels: {a: b}}}],
                  volumes: [{name: v, configMap: {name: c, items: [{key: a, path: b/c}]}},
                   {name: e, emptyDir: {sizeLimit: 1Gi}}],
                  initContainers: [{name: i, image: x, command: [a, b]}],
                  containers: [{name: c, image: img, args: ["$(A)"],
                   env: [{name: A, value: b}, {name: F, valueFrom: {fieldRef: {fieldPath: metadata.name}}}],
                   ports: [{containerPort: 80, protocol: TCP, name: http}],
                   resources: {requests: {cpu: 100m, memory: 1Mi}, limits: {cpu: "1", memory: 1Gi}},
                   volumeMounts: [{name: v, mountPath: /v}],
                   livenessProbe: {httpGet: {path: /, port: http}, periodSeconds: 3},
                   securityContext: {runAsUser: 1, capabilities: {drop: [ALL]}}}]}}
                """);
        all.put(CORE + "configmaps", "{metadata: {name: c}, data: {a: b}, binaryData: {c: aGk=}}");
        all.put(CORE + "secrets", "{metadata: {name: s}, type: Opaque, data: {a: aGk=}}");
        all.put(
                CORE + "services",
                "{metadata: {name: s}, spec: {type: NodePort, selector: {a: b}, ports: [{name: x,"
                        + " port: 80, targetPort: http}, {name: z, port: 81, nodePort: 30080}]}}");
        all.put(
                "/apis/apps/v1/namespaces/default/deployments",
                """
                {metadata: {name: d}, spec: {replicas: 2, selector: {matchLabels: {a: b}},
                 strategy: {rollingUpdate: {maxSurge: 25%, maxUnavailable: 1}},
                 template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i}]}}}}
                """);
        all.put(
                "/apis/autoscaling/v2/namespaces/default/horizontalpodautoscalers",
                """
                {metadata: {name: h}, spec: {minReplicas: 1, maxReplicas: 3,
                 scaleTargetRef: {kind: Deployment, name: d, apiVersion: apps/v1},
                 metrics: [{type: Resource, resource: {name: cpu, target:
                  {type: Utilization, averageUtilization: 50}}}]}}
                """);
        all.put(
                "/apis/networking.k8s.io/v1/namespaces/default/networkpolicies",
                "{metadata: {name: np}, spec: {podSelector: {}, policyTypes: [Ingress], ingress:"
                        + " [{from: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16]}}], ports:"
                        + " [{port: 80, endPort: 90}]}]}}");
        all.put(
                "/apis/batch/v1/namespaces/default/cronjobs",
                "{metadata: {name: j}, spec: {schedule: '*/5 1-3 * * MON', timeZone: Etc/UTC,"
                        + " jobTemplate: {spec: {template: {spec: {restartPolicy: Never,"
                        + " containers: [{name: c, image: i}]}}}}}}");
        all.put(
                "/apis/rbac.authorization.k8s.io/v1/clusterroles",
                "{metadata: {name: r}, rules: [{verbs: [get], apiGroups: [''], resources: [pods],"
                        + " resourceNames: [a]}, {verbs: [get], nonResourceURLs: [/healthz*]}]}");
        all.put(
                "/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
                """
                {metadata: {name: foos.example.io}, spec: {group: example.io, scope: Namespaced,
                 names: {plural: foos, singular: foo, kind: Foo, listKind: FooList, shortNames: [f]},
                 versions: [{name: v1, served: true, storage: true, subresources: {status: {},
                  scale: {specReplicasPath: .spec.replicas, statusReplicasPath: .status.replicas}},
                  additionalPrinterColumns: [{name: A, type: string, jsonPath: '.spec.a[?(@.b=="c")]'}],
                  schema: {openAPIV3Schema: {type: object, properties: {spec: {type: object,
                   x-kubernetes-validations: [{rule: 'self.a.size() < 3 && self.replicas >= 0',
                    messageExpression: '"a is " + self.a'}],
                   properties: {a: {type: string, default: x, maxLength: 10, pattern: '^[a-z]+$'},
                    replicas: {type: integer, minimum: 0}, l: {type: array,
                     x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [k],
                     items: {type: object, required: [k], properties: {k: {type: string}}}},
                    any: {x-kubernetes-preserve-unknown-fields: true}}}}}}}]}}
                """);
        all.put(
                "/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies",
                """
                {metadata: {name: v}, spec: {failurePolicy: Fail, matchConstraints: {resourceRules:
                 [{apiGroups: [apps], apiVersions: [v1], operations: [CREATE], resources: [deployments]}]},
                 variables: [{name: r, expression: 'object.spec.replicas'}],
                 matchConditions: [{name: m, expression: 'request.userInfo.username != "x"'}],
                 auditAnnotations: [{key: k, valueExpression: 'string(variables.r)'}],
                 validations: [{expression: 'variables.r <= 5 && object.metadata.labels.all(l, l.matches("[a-z]{1,5}"))',
                  messageExpression: '"too many: " + string(quantity("1Gi").asInteger())'}]}}
                """);
        all.put(
                "/apis/flowcontrol.apiserver.k8s.io/v1/flowschemas",
                "{metadata: {name: f}, spec: {priorityLevelConfiguration: {name: workload-low},"
                        + " matchingPrecedence: 100, distinguisherMethod: {type: ByUser}, rules:"
                        + " [{subjects: [{kind: User, user: {name: x}}], resourceRules: [{verbs:"
                        + " ['*'], apiGroups: ['*'], resources: ['*'], namespaces: ['*']}]}]}}");
        all.put(
                "/apis/authorization.k8s.io/v1/subjectaccessreviews",
                "{spec: {user: u, groups: [g], resourceAttributes: {verb: get, resource: pods,"
                        + " labelSelector: {requirements: [{key: a, operator: In, values: [b]}]}}}}");
        all.put(
                "/apis/resource.k8s.io/v1/namespaces/default/resourceclaims",
                "{metadata: {name: r}, spec: {devices: {requests: [{name: a, exactly:"
                        + " {deviceClassName: c, selectors: [{cel: {expression:"
                        + " 'device.driver == \"x\"'}}]}}]}}}");
        return all;
    }
}
