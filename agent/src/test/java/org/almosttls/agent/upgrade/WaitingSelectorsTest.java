package org.almosttls.agent.upgrade;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WaitingSelectorsTest {

    private final WaitingSelectors selectors = new WaitingSelectors();
    private final WokenSelector selector = new WokenSelector();
    private SocketChannel channel;

    @BeforeEach
    void open() throws IOException {
        channel = SocketChannel.open();
        channel.configureBlocking(false);
    }

    @AfterEach
    void close() throws IOException {
        channel.close();
    }

    @Test
    void whoWaitsToReadIsWoken() throws IOException {
        channel.register(selector, SelectionKey.OP_READ);
        selectors.waits(selector, true);
        selectors.wake(channel);
        assertEquals(1, selector.wakeUps());
    }

    @Test
    void whoDoesNotWaitIsLeftAlone() throws IOException {
        channel.register(selector, SelectionKey.OP_READ);
        selectors.wake(channel);
        selectors.waits(selector, true);
        selectors.waits(selector, false);
        selectors.wake(channel);
        assertEquals(0, selector.wakeUps());
    }

    @Test
    void whoDoesNotWaitToReadIsLeftAlone() throws IOException {
        selectors.waits(selector, true);
        selectors.wake(channel);
        channel.register(selector, SelectionKey.OP_WRITE);
        selectors.wake(channel);
        assertEquals(0, selector.wakeUps());
    }

    @Test
    void eachOfSeveralCounts() throws IOException {
        var another = new WokenSelector();
        channel.register(selector, SelectionKey.OP_READ);
        channel.register(another, SelectionKey.OP_READ);
        selectors.waits(selector, true);
        selectors.waits(another, true);
        selectors.wake(channel);
        selectors.waits(selector, false);
        selectors.wake(channel);
        assertEquals(1, selector.wakeUps());
        assertEquals(2, another.wakeUps());
    }
}
