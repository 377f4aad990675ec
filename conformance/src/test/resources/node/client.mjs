// What users of this client do, one after the other; a word for each thing that works.
import * as k8s from '@kubernetes/client-node';
import assert from 'node:assert/strict';

const namespace = 'node-client';
const config = new k8s.KubeConfig();
config.loadFromFile(process.env.KUBECONFIG);
assert.equal(config.getCurrentContext(), 'coxswain');
const core = config.makeApiClient(k8s.CoreV1Api);
const apps = config.makeApiClient(k8s.AppsV1Api);
const objects = k8s.KubernetesObjectApi.makeApiClient(config);
const done = (what) => console.log(`ok ${what}`);
const until = async (what, condition) => {
  for (let i = 0; i < 300; i++) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`never: ${what}`);
};

await core.createNamespace({ body: { metadata: { name: namespace } } });
done('namespace');

const created = await core.createNamespacedConfigMap({
  namespace,
  body: { metadata: { name: 'one', labels: { test: 'node' } }, data: { a: '1' } },
});
assert.ok(created.metadata.uid);
assert.ok(created.metadata.creationTimestamp instanceof Date);
created.data.a = '2';
const replaced = await core.replaceNamespacedConfigMap({ name: 'one', namespace, body: created });
assert.equal(replaced.data.a, '2');
await assert.rejects(
  core.replaceNamespacedConfigMap({ name: 'one', namespace, body: created }),
  (error) => error.code === 409 && JSON.parse(error.body).reason === 'Conflict',
);
await assert.rejects(
  core.readNamespacedConfigMap({ name: 'none', namespace }),
  (error) => error.code === 404,
);
done('create, replace, conflict');

const patches = [
  [k8s.PatchStrategy.JsonPatch, [{ op: 'add', path: '/data/json', value: 'yes' }]],
  [k8s.PatchStrategy.MergePatch, { data: { merge: 'yes' } }],
  [k8s.PatchStrategy.StrategicMergePatch, { data: { strategic: 'yes' } }],
];
for (const [strategy, body] of patches) {
  await core.patchNamespacedConfigMap(
    { name: 'one', namespace, body },
    k8s.setHeaderOptions('Content-Type', strategy),
  );
}
const applied = await objects.patch(
  { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'one', namespace }, data: { applied: 'yes' } },
  undefined, undefined, 'conformance', true, k8s.PatchStrategy.ServerSideApply,
);
assert.deepEqual(Object.keys(applied.data).sort(), ['a', 'applied', 'json', 'merge', 'strategic']);
done('patches');

const list = await core.listNamespacedConfigMap({ namespace, labelSelector: 'test=node' });
assert.deepEqual(list.items.map((it) => it.metadata.name), ['one']);
for (let i = 0; i < 5; i++) {
  await core.createNamespacedConfigMap({ namespace, body: { metadata: { name: `page-${i}` } } });
}
let names = [];
let _continue;
do {
  const page = await core.listNamespacedConfigMap({ namespace, limit: 2, _continue });
  names = names.concat(page.items.map((it) => it.metadata.name));
  _continue = page.metadata._continue;
} while (_continue);
assert.equal(new Set(names).size, 7);
done('lists and pages');

const watch = new k8s.Watch(config);
const seen = [];
const ended = new Promise((resolve) => {
  watch.watch(`/api/v1/namespaces/${namespace}/configmaps`,
    { labelSelector: 'test=watched', timeoutSeconds: 3 },
    (type, object) => seen.push(`${type} ${object.metadata.name}`), resolve);
});
await new Promise((resolve) => setTimeout(resolve, 500));
await core.createNamespacedConfigMap({
  namespace, body: { metadata: { name: 'watched', labels: { test: 'watched' } } },
});
await core.deleteNamespacedConfigMap({ name: 'watched', namespace });
await until('both events', () => seen.length === 2);
assert.deepEqual(seen, ['ADDED watched', 'DELETED watched']);
await ended;
done('watch');

const informer = k8s.makeInformer(config, `/api/v1/namespaces/${namespace}/pods`,
  () => core.listNamespacedPod({ namespace }));
const told = [];
for (const event of ['add', 'update', 'delete']) {
  informer.on(event, (pod) => told.push(`${event} ${pod.metadata.name}`));
}
informer.on('error', (error) => told.push(`error ${error}`));
await informer.start();
await apps.createNamespacedDeployment({
  namespace,
  body: {
    metadata: { name: 'web' },
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: 'web' } },
      template: {
        metadata: { labels: { app: 'web' } },
        spec: { containers: [{ name: 'main', image: 'localhost/web:1' }] },
      },
    },
  },
});
await until('two pods are ready', async () => {
  const web = await apps.readNamespacedDeploymentStatus({ name: 'web', namespace });
  return web.status.readyReplicas === 2;
});
await until('the informer has two running pods', () =>
  informer.list().filter((pod) => pod.status.phase === 'Running').length === 2);
await apps.patchNamespacedDeploymentScale(
  { name: 'web', namespace, body: { spec: { replicas: 1 } } },
  k8s.setHeaderOptions('Content-Type', k8s.PatchStrategy.MergePatch),
);
await until('the informer has one pod', () => informer.list().length === 1);
assert.ok(told.some((it) => it.startsWith('delete web-')), told.join());
assert.ok(!told.some((it) => it.startsWith('error')), told.join());
await informer.stop();
done('informer and workload');

const version = await config.makeApiClient(k8s.VersionApi).getCode();
assert.equal(version.minor.slice(0, 2), '36');
const nodes = await core.listNode();
assert.ok(nodes.items.length > 0);
for (const it of k8s.loadAllYaml(`
apiVersion: v1
kind: Secret
metadata: {name: from-yaml, namespace: ${namespace}}
stringData: {a: b}
---
apiVersion: batch/v1
kind: CronJob
metadata: {name: from-yaml, namespace: ${namespace}}
spec:
  schedule: "0 0 * * *"
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Never
          containers: [{name: main, image: "localhost/web:1"}]
`)) {
  await objects.create(it);
  assert.equal((await objects.read(it)).metadata.name, 'from-yaml');
  await objects.delete(it);
}
done('untyped objects');
await core.deleteNamespace({ name: namespace });
await until('the namespace is gone', async () =>
  core.readNamespace({ name: namespace }).then(() => false, (error) => error.code === 404));
done('everything');
process.exit(0);
