package org.almosttls.agent.observe;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Map;
import javax.crypto.SecretKey;
import org.almosttls.agent.weak.WeakTable;
import org.almosttls.config.Clock;
import org.almosttls.crypto.Secret;
import org.almosttls.event.ConnectionId;
import org.almosttls.event.Moment;
import org.almosttls.event.TlsEvent.SecretDerived;
import org.almosttls.event.TlsEventListener;
import org.almosttls.event.TlsEventListener.Kind;

/**
 * The secrets of SunJSSE and BCJSSE under the labels of RFC 9850. Keys of devices cannot be had; then nothing is told, and
 * nothing thrown.
 */
final class StackSecrets {

    private static final ConnectionId NO_MATTER = new ConnectionId(0);

    private static final Map<String, String> LABELS = Map.of(
            "TlsClientEarlyTrafficSecret", "CLIENT_EARLY_TRAFFIC_SECRET",
            "TlsEarlyExporterMasterSecret", "EARLY_EXPORTER_SECRET",
            "TlsClientHandshakeTrafficSecret", "CLIENT_HANDSHAKE_TRAFFIC_SECRET",
            "TlsServerHandshakeTrafficSecret", "SERVER_HANDSHAKE_TRAFFIC_SECRET",
            "TlsClientAppTrafficSecret", "CLIENT_TRAFFIC_SECRET_0",
            "TlsServerAppTrafficSecret", "SERVER_TRAFFIC_SECRET_0",
            "TlsExporterMasterSecret", "EXPORTER_SECRET");

    private final WeakTable<Object, byte[]> randoms = new WeakTable<>();
    private final TlsEventListener listener;
    private final Clock clock;

    StackSecrets(TlsEventListener listener, Clock clock) {
        this.listener = listener;
        this.clock = clock;
    }

    private boolean isWanted() {
        return listener.wants(Kind.SECRET);
    }

    void derives(Object derivation, Object handshake) throws ReflectiveOperationException {
        if (!isWanted()) return;
        byte[] random = clientRandom(handshake);
        if (random != null) randoms.putIfAbsent(derivation, random);
    }

    void derived(Object derivation, String name, Object secret) {
        String label = LABELS.get(name);
        byte[] random = label == null ? null : randoms.get(derivation);
        if (random != null) tell(label, random, encoded(secret));
    }

    void masterSecret(Object handshake, Object secret) throws ReflectiveOperationException {
        if (!isWanted()) return;
        byte[] random = clientRandom(handshake);
        if (random != null) tell("CLIENT_RANDOM", random, encoded(secret));
    }

    /** Null where a device has the key, which may say so by throwing. */
    private static byte[] encoded(Object secret) {
        try {
            return secret instanceof SecretKey key ? key.getEncoded() : null;
        } catch (RuntimeException notExtractable) {
            return null;
        }
    }

    private static byte[] clientRandom(Object handshake) throws ReflectiveOperationException {
        Object cookie = field(handshake, "clientHelloRandom");
        return cookie == null ? null : (byte[]) field(cookie, "randomBytes");
    }

    /** Of Bouncy Castle's: whatever is there by now. */
    void secrets(Object context) throws ReflectiveOperationException {
        if (!isWanted()) return;
        Object parameters = call(context, "getSecurityParametersHandshake");
        if (parameters == null) return;
        byte[] random = (byte[]) call(parameters, "getClientRandom");
        boolean is13 = call(parameters, "getTrafficSecretClient") != null;
        if (random == null) return;
        if (!is13) {
            tell("CLIENT_RANDOM", random, octets(call(parameters, "getMasterSecret")));
            return;
        }
        boolean done = call(parameters, "getExporterMasterSecret") != null;
        tell(
                done ? "CLIENT_TRAFFIC_SECRET_0" : "CLIENT_HANDSHAKE_TRAFFIC_SECRET",
                random,
                octets(call(parameters, "getTrafficSecretClient")));
        tell(
                done ? "SERVER_TRAFFIC_SECRET_0" : "SERVER_HANDSHAKE_TRAFFIC_SECRET",
                random,
                octets(call(parameters, "getTrafficSecretServer")));
        if (done) tell("EXPORTER_SECRET", random, octets(call(parameters, "getExporterMasterSecret")));
    }

    /** What one of its secrets holds, which stays alive; null if it cannot be had. */
    private static byte[] octets(Object secret) throws ReflectiveOperationException {
        Object held = secret == null ? null : field(secret, "data");
        return held == null ? null : ((byte[]) held).clone();
    }

    private void tell(String label, byte[] random, byte[] octets) {
        if (octets == null || octets.length == 0) return;
        try (var secret = Secret.owning(octets)) {
            listener.on(
                    new Moment(NO_MATTER, clock.now(), clock.nanoTime()),
                    new SecretDerived(label, random.clone(), secret));
        }
    }

    private static Object field(Object of, String name) throws ReflectiveOperationException {
        for (Class<?> type = of.getClass(); type != null; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!field.getName().equals(name)) continue;
                field.setAccessible(true);
                return field.get(of);
            }
        }
        throw new NoSuchFieldException(name);
    }

    private static Object call(Object on, String name) throws ReflectiveOperationException {
        for (Class<?> type = on.getClass(); type != null; type = type.getSuperclass()) {
            for (Method method : type.getDeclaredMethods()) {
                if (!method.getName().equals(name) || method.getParameterCount() > 0) continue;
                method.setAccessible(true);
                return method.invoke(on);
            }
        }
        throw new NoSuchMethodException(name);
    }
}
