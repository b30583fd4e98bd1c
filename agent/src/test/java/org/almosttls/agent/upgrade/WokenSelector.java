package org.almosttls.agent.upgrade;

import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.spi.AbstractSelectableChannel;
import java.nio.channels.spi.AbstractSelectionKey;
import java.nio.channels.spi.AbstractSelector;
import java.nio.channels.spi.SelectorProvider;
import java.util.Set;

/** Selects nothing, and counts how often it is woken. */
final class WokenSelector extends AbstractSelector {

    private int wakeUps;

    WokenSelector() {
        super(SelectorProvider.provider());
    }

    int wakeUps() {
        return wakeUps;
    }

    @Override
    public Selector wakeup() {
        wakeUps++;
        return this;
    }

    @Override
    protected SelectionKey register(AbstractSelectableChannel channel, int interest, Object attachment) {
        return new Key(this, channel, interest);
    }

    private static final class Key extends AbstractSelectionKey {

        private final WokenSelector selector;
        private final SelectableChannel channel;
        private final int interest;

        Key(WokenSelector selector, SelectableChannel channel, int interest) {
            this.selector = selector;
            this.channel = channel;
            this.interest = interest;
        }

        @Override
        public SelectableChannel channel() {
            return channel;
        }

        @Override
        public Selector selector() {
            return selector;
        }

        @Override
        public int interestOps() {
            return interest;
        }

        @Override
        public SelectionKey interestOps(int other) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int readyOps() {
            return 0;
        }
    }

    @Override
    public Set<SelectionKey> keys() {
        return Set.of();
    }

    @Override
    public Set<SelectionKey> selectedKeys() {
        return Set.of();
    }

    @Override
    public int selectNow() {
        return 0;
    }

    @Override
    public int select(long millis) {
        return 0;
    }

    @Override
    public int select() {
        return 0;
    }

    @Override
    protected void implCloseSelector() {}
}
