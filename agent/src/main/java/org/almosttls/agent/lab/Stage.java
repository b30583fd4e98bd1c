package org.almosttls.agent.lab;

import java.io.Closeable;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.TrustManager;
import org.almosttls.AlmostTlsProvider;
import org.almosttls.agent.lab.Setting.Lapse;
import org.almosttls.config.Clock;
import org.almosttls.config.OnRequest;
import org.almosttls.config.OnRequest.Feature;
import org.almosttls.config.StapleSource;
import org.almosttls.crypto.CryptoBackend;
import org.almosttls.crypto.choice.PerOperationBackend;
import org.almosttls.event.TlsEventListener;
import org.almosttls.jsse.AlmostSslContext;
import org.almosttls.jsse.Lending;
import org.almosttls.jsse.TextbookTerms;

/** Bob and Alice in one setting, for one attack. Closes all that was started on it. */
final class Stage implements Closeable {

    private static final TextbookTerms ON_THIS_MACHINE = new TextbookTerms(() -> false, warning -> {});
    private static final Provider PROVIDER = new AlmostTlsProvider(TlsEventListener::none);

    private final Identities identities;
    private final Setting setting;
    private final Diary bobsDiary;
    private final Diary alicesDiary;
    private final List<Heard> bobHeard = new ArrayList<>();
    private final Deque<Closeable> open = new ArrayDeque<>();
    private final List<Middle> middles = new ArrayList<>();

    /** @param confided whether Bob and Alice write down their secrets, for who explains the protocol */
    Stage(Identities identities, Setting setting, boolean confided) {
        this.identities = identities;
        this.setting = setting;
        this.bobsDiary = new Diary(confided);
        this.alicesDiary = new Diary(confided);
    }

    Identities identities() {
        return identities;
    }

    Server alice() throws GeneralSecurityException, IOException {
        return server(identities.alice(), alicesDiary);
    }

    /** Mallory's, whoever he says he is. */
    Server impostor(Identity claimed) throws GeneralSecurityException, IOException {
        return server(claimed, new Diary(false));
    }

    private Server server(Identity identity, Diary diary) throws GeneralSecurityException, IOException {
        return kept(new Server(tls(diary, identity.keyManagers(), new TrustManager[0])));
    }

    Middle middle(int target, Tampering tampering) throws IOException {
        var middle = kept(new Middle(target, tampering));
        middles.add(middle);
        return middle;
    }

    /** Bob orders from whoever is there. */
    void bobOrders(int port) throws GeneralSecurityException, IOException {
        bobOrders(port, Client.ORDERS);
    }

    void bobOrders(int port, List<String> orders) throws GeneralSecurityException, IOException {
        TrustManager[] trust = setting.has(Lapse.TRUSTS_ANYBODY)
                ? new TrustManager[] {new TrustsAnybody()}
                : identities.trustManagers();
        var bob = new Client(tls(bobsDiary, new KeyManager[0], trust), !setting.has(Lapse.IGNORES_NAME));
        bobHeard.add(bob.order(port, orders));
    }

    /** Mallory is a client himself, and each of these is a heartbeat of his, once a middle has said so too. */
    void malloryBeats(int port, List<String> beats) throws GeneralSecurityException, IOException {
        var trust = new TrustManager[] {new TrustsAnybody()};
        var own = tls(new Diary(false), new KeyManager[0], trust, () -> new HeartbeatCrypto(crypto()));
        new Client(own, false).order(port, beats);
    }

    private SSLContext tls(Diary diary, KeyManager[] keys, TrustManager[] trust) throws GeneralSecurityException {
        return tls(diary, keys, trust, this::crypto);
    }

    private SSLContext tls(Diary diary, KeyManager[] keys, TrustManager[] trust, Supplier<CryptoBackend> crypto)
            throws GeneralSecurityException {
        var lending =
                new Lending(crypto, Clock.system(), () -> diary, ON_THIS_MACHINE, this::onRequest, StapleSource::none);
        var spi = new AlmostSslContext(lending, setting.scope(), setting.textbook());
        var tls = new Opened(spi, setting.words());
        tls.init(keys, trust, null);
        return tls;
    }

    private OnRequest onRequest() {
        if (setting.has(Lapse.COMPRESSES)) return OnRequest.of(Feature.COMPRESSION);
        return setting.has(Lapse.BEATS) ? OnRequest.of(Feature.HEARTBEAT) : OnRequest.NOTHING;
    }

    private CryptoBackend crypto() {
        var proper = PerOperationBackend.platform();
        return setting.has(Lapse.DEAF_TO_HANDSHAKE) ? new DeafCrypto(proper) : proper;
    }

    /** What Bob and Alice have come to. */
    Observation seen(List<Heard> aliceHeard, Mallory mallory) {
        return new Observation(End.of(bobHeard, bobsDiary), End.of(aliceHeard, alicesDiary), mallory);
    }

    Diary bobsDiary() {
        return bobsDiary;
    }

    Diary alicesDiary() {
        return alicesDiary;
    }

    /** All that came to Mallory, connection after connection. */
    List<Passing> log() {
        return middles.stream().flatMap(each -> each.log().stream()).toList();
    }

    private <T extends Closeable> T kept(T closeable) {
        open.push(closeable);
        return closeable;
    }

    @Override
    public void close() throws IOException {
        bobsDiary.burn();
        alicesDiary.burn();
        while (!open.isEmpty()) open.pop().close();
    }

    /** A context that no provider hands out. */
    private static final class Opened extends SSLContext {
        Opened(SSLContextSpi spi, String name) {
            super(spi, PROVIDER, name);
        }
    }
}
