// Exchanges the code on the gateway's console for a session.

const form = document.getElementById('form');
const code = document.getElementById('code');
const message = document.getElementById('message');

async function post(path, body) {
  try {
    const answer = await fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
    if (answer.ok) return true;
    message.textContent = (await answer.json()).error.message;
  } catch {
    message.textContent = 'The gateway cannot be reached.';
  }
  return false;
}

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  if (await post('/pair', { code: code.value })) location.replace('/');
  else code.select();
});

document.getElementById('again').addEventListener('click', async () => {
  if (await post('/pair/code', {})) message.textContent = 'There is a code on the gateway’s console.';
  code.focus();
});
