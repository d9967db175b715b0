"""A headless Chromium, spoken to by pipe: nothing but Python's own library is needed."""
import base64
import json
import os
import subprocess
import tempfile


class Chromium:
    """One page in a browser that has no network."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory()
        read_theirs, self.write = os.pipe()
        self.read, write_theirs = os.pipe()

        def take_pipes():
            # The browser reads from 3 and writes to 4.
            for theirs, number in ((os.dup(read_theirs), 3), (os.dup(write_theirs), 4)):
                os.dup2(theirs, number)

        self.process = subprocess.Popen(
            ['chromium', '--headless=new', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', '--remote-debugging-pipe',
             f'--user-data-dir={self.folder.name}', 'about:blank'],
            preexec_fn=take_pipes, close_fds=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(read_theirs)
        os.close(write_theirs)
        self.buffer, self.number, self.events, self.session = b'', 0, [], None
        page = next(it for it in self.call('Target.getTargets')['targetInfos'] if it['type'] == 'page')
        self.session = self.call('Target.attachToTarget', targetId=page['targetId'], flatten=True)['sessionId']
        for domain in ('Page', 'Network', 'Runtime', 'Log'):
            self.call(f'{domain}.enable')

    def message(self):
        while b'\0' not in self.buffer:
            read = os.read(self.read, 1 << 20)
            assert read, 'the browser is gone'
            self.buffer += read
        message, self.buffer = self.buffer.split(b'\0', 1)
        return json.loads(message)

    def call(self, method, **parameters):
        self.number += 1
        request = {'id': self.number, 'method': method, 'params': parameters}
        if self.session:
            request['sessionId'] = self.session
        os.write(self.write, json.dumps(request).encode() + b'\0')
        while True:
            message = self.message()
            if message.get('id') == self.number:
                assert 'error' not in message, message
                return message['result']
            self.events.append(message)

    def open(self, path):
        self.events.clear()
        self.call('Page.navigate', url=f'file://{path}')
        while not any(event.get('method') == 'Page.loadEventFired' for event in self.events):
            self.events.append(self.message())

    def evaluate(self, script):
        """The value of a script; waits for it if it is a promise."""
        result = self.call('Runtime.evaluate', expression=script, returnByValue=True, awaitPromise=True)
        assert 'exceptionDetails' not in result, result
        return result['result'].get('value')

    def press(self, key):
        for kind in ('keyDown', 'keyUp'):
            text = {'text': key} if kind == 'keyDown' and len(key) == 1 else {}
            self.call('Input.dispatchKeyEvent', type=kind, key=key, **text)

    def picture(self, path, width, height, dark=False):
        """Draws the top of the page as a window of that size shows it."""
        self.call('Emulation.setDeviceMetricsOverride', width=width, height=height, deviceScaleFactor=1, mobile=width < 600)
        self.call('Emulation.setEmulatedMedia', features=[{'name': 'prefers-color-scheme', 'value': 'dark' if dark else 'light'}])
        picture = self.call('Page.captureScreenshot', format='png')['data']
        path.write_bytes(base64.b64decode(picture))

    def of(self, method):
        return [event['params'] for event in self.events if event.get('method') == method]

    def close(self):
        self.process.terminate()
        self.process.wait()
        self.folder.cleanup()
