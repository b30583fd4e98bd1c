package org.almosttls.testkit;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.security.PublicKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.crypto.CryptoBackend;
import org.almosttls.crypto.Encapsulated;
import org.almosttls.crypto.KeyAgreement;
import org.almosttls.crypto.choice.PerOperationBackend;
import org.almosttls.registry.NamedGroup;
import org.almosttls.registry.SignatureScheme;

/** The usual primitives, but with the key pairs and the signatures of a trace, which were made by chance. */
public final class TracedCrypto {

    private final CryptoBackend usual = PerOperationBackend.platform();
    private final Map<NamedGroup, byte[]> keys = new HashMap<>();
    private final Deque<Signature> signatures = new ArrayDeque<>();
    private final List<Heard> heard = new ArrayList<>();

    private record Signature(PublicKey signer, byte[] octets) {}

    private record Heard(byte[] own, byte[] traced) {}

    /** All key pairs of this group have this private key. */
    public TracedCrypto key(NamedGroup group, byte[] privateKey) {
        keys.put(group, privateKey);
        return this;
    }

    /** The next signature is this one, and has to be one of this signer over what is to be signed. */
    public TracedCrypto signature(PublicKey signer, byte[] octets) {
        signatures.add(new Signature(signer, octets));
        return this;
    }

    /** From now on the transcript has the trace's message where this end has said or heard another. */
    public TracedCrypto hearing(byte[] own, byte[] traced) {
        heard.add(new Heard(own, traced));
        return this;
    }

    public CryptoBackend backend() {
        return (CryptoBackend) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {CryptoBackend.class},
                (proxy, method, arguments) -> answer(method, arguments));
    }

    private Object answer(Method method, Object[] arguments) throws Throwable {
        if (arguments != null && arguments[0] instanceof NamedGroup group && keys.containsKey(group)) {
            if (method.getName().equals("keyAgreement")) return agreement(group);
            if (method.getName().equals("encapsulate")) return Encapsulated.by(agreement(group), (byte[]) arguments[1]);
        }
        if (method.getName().equals("sign") && !signatures.isEmpty())
            return sign((SignatureScheme) arguments[0], (byte[][]) arguments[3]);
        if (method.getName().equals("hash")) arguments[1] = traced((byte[][]) arguments[1]);
        try {
            return method.invoke(usual, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }

    private KeyAgreement agreement(NamedGroup group) throws TlsAlertException {
        return TracedKey.of(group, keys.get(group));
    }

    private byte[] sign(SignatureScheme scheme, byte[][] content) {
        var next = signatures.remove();
        if (!usual.verify(scheme, next.signer, next.octets, content))
            throw new AssertionError("something else was signed");
        return next.octets;
    }

    private byte[][] traced(byte[][] messages) {
        return Arrays.stream(messages).map(this::traced).toArray(byte[][]::new);
    }

    private byte[] traced(byte[] message) {
        return heard.stream()
                .filter(each -> Arrays.equals(each.own, message))
                .map(Heard::traced)
                .findFirst()
                .orElse(message);
    }
}
